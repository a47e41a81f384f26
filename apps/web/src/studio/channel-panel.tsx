import { studioWords } from '../language/studio.js';
import { FfmpegNotice } from '../channel/ffmpeg-notice.js';
import { useAction } from '../page/action.js';
import { fieldsOf } from '../page/field.js';
import { useState } from 'preact/hooks';
import type { Studio } from './studio.js';

/** Title and recording of the channel, for its owner. */
export function ChannelPanel({ studio }: { studio: Studio }) {
  const words = studioWords.value;
  const action = useAction();
  const [saved, setSaved] = useState(false);
  const facts = studio.facts.value;
  const settings = facts?.settings;
  if (!studio.isOwner.value || !facts || settings === undefined) return null;
  const update = async (change: Parameters<Studio['update']>[0]) => {
    setSaved(false);
    setSaved((await action.run(async () => studio.update(change).then(() => true))) === true);
  };
  const isOff = settings.hls === 'off';
  return (
    <section class="panel" data-testid="channel-panel" aria-label={words.channel(studio.channel)}>
      <FfmpegNotice />
      <form onSubmit={(event) => void update({ title: fieldsOf(event)('title') })}>
        <label class="field">
          <span class="field-label">{words.channelTitle}</span>
          <span class="field-row">
            <input class="input" name="title" required maxLength={200} defaultValue={facts.title} />
            <button type="submit" class="button" disabled={action.busy}>
              {words.saveTitle}
            </button>
          </span>
        </label>
      </form>
      <label class="check">
        <input
          type="checkbox"
          role="switch"
          checked={settings.record && !isOff}
          disabled={isOff || action.busy}
          data-testid="record"
          onChange={(event) => void update({ record: event.currentTarget.checked })}
        />
        <span>
          {words.record}
          {isOff && <span class="hint">{words.recordOff}</span>}
          {!isOff && facts.live && <span class="hint">{words.recordLater}</span>}
        </span>
      </label>
      <p class="hint" role="status">
        {action.fault ?? (saved ? words.saved : '')}
      </p>
      <a class="hint" href={`/channels/${encodeURIComponent(studio.channel)}`}>
        {words.moreSettings}
      </a>
    </section>
  );
}
