import { useEffect, useRef, useState } from 'preact/hooks';
import { createChannel } from '../api/channels.js';
import { channelNameWords } from '../language/channel-name.js';
import { channelWords } from '../language/channel.js';
import { useAction } from '../page/action.js';
import { CHANNEL_NAME_PATTERN } from '../page/channel-form.js';
import { Field, fieldsOf } from '../page/field.js';
import { Notice } from '../page/notice.js';

/** Makes a channel and leads to it; `#new` of the address leads here. */
export function NewChannelForm() {
  const words = channelWords.value.fresh;
  const action = useAction({ 409: words.nameTaken });
  const [name, setName] = useState('');
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (location.hash !== '#new') return;
    form.current?.scrollIntoView({ block: 'nearest' });
    form.current?.querySelector('input')?.focus();
  }, []);
  const submit = async (event: SubmitEvent) => {
    const field = fieldsOf(event);
    const title = field('title');
    const created = await action.run(() =>
      createChannel(title === '' ? { name: field('name') } : { name: field('name'), title }),
    );
    if (created !== undefined) location.assign(`/channels/${encodeURIComponent(created.name)}`);
  };
  return (
    <form ref={form} class="panel" onSubmit={(event) => void submit(event)}>
      <h2>{words.title}</h2>
      <div class="pair">
        <Field
          label={words.name}
          name="name"
          required
          pattern={CHANNEL_NAME_PATTERN}
          title={channelNameWords.value.hint}
          autocapitalize="off"
          autocomplete="off"
          spellcheck={false}
          hint={name === '' ? words.nameHint : words.address(`${location.host}/watch/${name}`)}
          onInput={setName}
          data-testid="channel-name"
        />
        <Field
          label={words.titleLabel}
          name="title"
          maxLength={200}
          autocomplete="off"
          hint={words.titleHint}
          data-testid="channel-title"
        />
      </div>
      {action.fault !== undefined && <Notice tone="error">{action.fault}</Notice>}
      <button type="submit" class="button button-main" aria-busy={action.busy} data-testid="create-channel">
        {words.create}
      </button>
    </form>
  );
}
