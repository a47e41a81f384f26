import { useState } from 'preact/hooks';
import type { Channel } from '@weir/contract';
import { updateChannel } from '../api/channels.js';
import { channelWords } from '../language/channel.js';
import { useAction } from '../page/action.js';
import { Field, fieldsOf } from '../page/field.js';
import { Notice } from '../page/notice.js';
import { AvatarForm } from './avatar-form.js';
import { DeleteChannel } from './delete-channel.js';
import { VisibilityForm } from './visibility-form.js';

interface DetailsProps {
  channel: Channel;
  onChange: (channel: Channel) => void;
}

/** What a channel is called, how it looks, and who may watch it. */
export function DetailsTab({ channel, onChange }: DetailsProps) {
  return (
    <div class="stack">
      <div class="columns">
        <TextForm channel={channel} onChange={onChange} />
        <AvatarForm channel={channel} onChange={onChange} />
      </div>
      <VisibilityForm channel={channel} onChange={onChange} />
      <DeleteChannel channel={channel} />
    </div>
  );
}

function TextForm({ channel, onChange }: DetailsProps) {
  const words = channelWords.value;
  const action = useAction();
  const [saved, setSaved] = useState(false);
  const submit = async (event: SubmitEvent) => {
    const field = fieldsOf(event);
    setSaved(false);
    const change = { title: field('title') || channel.name, description: field('description') };
    const changed = await action.run(() => updateChannel(channel.name, change));
    if (changed === undefined) return;
    onChange(changed);
    setSaved(true);
  };
  return (
    <form class="panel" onSubmit={(event) => void submit(event)} onInput={() => setSaved(false)}>
      <Field
        label={words.details.title}
        name="title"
        maxLength={200}
        autocomplete="off"
        defaultValue={channel.title || channel.name}
        data-testid="title"
      />
      <label class="field">
        <span class="field-label">{words.details.description}</span>
        <textarea
          class="input"
          name="description"
          rows={5}
          maxLength={2000}
          defaultValue={channel.description}
          data-testid="description"
        />
        <span class="hint">{words.details.descriptionHint}</span>
      </label>
      {action.fault !== undefined && <Notice tone="error">{action.fault}</Notice>}
      <p class="line">
        <button type="submit" class="button button-main" aria-busy={action.busy} data-testid="save-details">
          {words.save}
        </button>
        <span class="hint hint-good" role="status">
          {saved ? words.saved : ''}
        </span>
      </p>
    </form>
  );
}
