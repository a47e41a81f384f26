import { useState } from 'preact/hooks';
import type { Channel, Visibility } from '@weir/contract';
import { updateChannel } from '../api/channels.js';
import { channelWords } from '../language/channel.js';
import { useAction } from '../page/action.js';
import { CopyField } from '../page/copy-field.js';
import { Notice } from '../page/notice.js';
import { WatchLink } from './watch-link-form.js';

const MODES: readonly Visibility[] = ['public', 'unlisted', 'private'];

/** Who may find and watch a channel; a change counts at once. */
export function VisibilityForm({ channel, onChange }: { channel: Channel; onChange: (channel: Channel) => void }) {
  const words = channelWords.value.visibility;
  const action = useAction();
  const [chosen, setChosen] = useState<Visibility>();
  const choose = async (visibility: Visibility) => {
    setChosen(visibility);
    const changed = await action.run(() => updateChannel(channel.name, { visibility }));
    setChosen(undefined);
    if (changed !== undefined) onChange(changed);
  };
  return (
    <section class="panel" aria-label={words.title}>
      <fieldset class="modes" disabled={action.busy}>
        <legend>{words.title}</legend>
        {MODES.map((mode) => (
          <label key={mode} class="mode">
            <input
              type="radio"
              name="visibility"
              checked={(chosen ?? channel.visibility) === mode}
              data-testid={`visibility-${mode}`}
              onChange={() => void choose(mode)}
            />
            <span>
              <strong>{words.modes[mode]}</strong>
              <span class="hint">{words.texts[mode]}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {action.fault !== undefined && <Notice tone="error">{action.fault}</Notice>}
      {channel.visibility === 'private' ? (
        <WatchLink channel={channel.name} />
      ) : (
        <CopyField label={channelWords.value.watchLink.label} value={`${location.origin}/watch/${channel.name}`} />
      )}
    </section>
  );
}
