import { useState } from 'preact/hooks';
import type { Recording, RecordingLink } from '@weir/contract';
import { shareRecording } from '../api/recordings.js';
import { dateText } from '../language/format.js';
import { recordingRowsWords } from '../language/recording-rows.js';
import { useAction } from '../page/action.js';
import { CopyField } from '../page/copy-field.js';
import { Notice } from '../page/notice.js';
import { watchLinkOf } from './watch-link.js';

const TIMES_SECONDS = { hour: 3600, day: 86_400, week: 604_800, month: 2_592_000 } as const;

type ShareTime = keyof typeof TIMES_SECONDS;

/** Makes a link to a recording that works for a time. */
export function ShareForm({ recording }: { recording: Recording }) {
  const words = recordingRowsWords.value;
  const [time, setTime] = useState<ShareTime>('week');
  const [link, setLink] = useState<RecordingLink>();
  const action = useAction();
  const create = async (event: SubmitEvent) => {
    event.preventDefault();
    setLink(await action.run(() => shareRecording(recording.id, TIMES_SECONDS[time])));
  };
  return (
    <form class="share" onSubmit={(event) => void create(event)}>
      <div class="row-form">
        <select
          class="input"
          aria-label={words.shareFor}
          value={time}
          onChange={(event) => setTime(event.currentTarget.value as ShareTime)}
        >
          {(Object.keys(TIMES_SECONDS) as ShareTime[]).map((one) => (
            <option key={one} value={one}>
              {words.shareTimes[one]}
            </option>
          ))}
        </select>
        <button type="submit" class="button button-main" data-testid="create-link">
          {words.createLink}
        </button>
      </div>
      {action.fault !== undefined && <Notice tone="error">{action.fault}</Notice>}
      {link !== undefined && (
        <>
          <CopyField
            label={words.shareWatch}
            value={watchLinkOf(location.origin, recording.id, link)}
            testId="share-watch"
          />
          {link.url !== null && (
            <CopyField
              label={words.shareDownload}
              value={new URL(link.url, location.origin).href}
              testId="share-download"
            />
          )}
          <p class="hint">{words.shareUntil(dateText(link.expiresAt))}</p>
        </>
      )}
    </form>
  );
}
