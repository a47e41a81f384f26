import { useState } from 'preact/hooks';
import { clockTime } from '../language/format.js';
import { recordingsWords } from '../language/recordings.js';
import { Icon } from '../page/icon.js';
import type { Player } from '../player/player.js';
import { toldSeconds } from '../player/time-window.js';
import { clipOf, clipUrl } from './clip.js';

const FIRST_LENGTH_SECONDS = 30;

interface ClipFormProps {
  /** What the times of a clip are added to. */
  url: string;
  durationSeconds: number;
  player: Player;
}

/** Cuts a part out of a recording. */
export function ClipForm({ url, durationSeconds, player }: ClipFormProps) {
  const words = recordingsWords.value;
  const [start, setStart] = useState('0:00');
  const [end, setEnd] = useState(clockTime(Math.min(FIRST_LENGTH_SECONDS, durationSeconds) * 1000));
  const clip = clipOf(start, end, durationSeconds);
  const now = () => {
    const window = player.rewind?.window.value;
    return clockTime((window === undefined ? 0 : toldSeconds(window, window.positionSeconds)) * 1000);
  };
  return (
    <section class="panel clip" aria-label={words.clipTitle} data-testid="clip">
      <h2>{words.clipTitle}</h2>
      <div class="pair">
        <TimeField label={words.start} testId="clip-start" value={start} onInput={setStart} now={now} />
        <TimeField label={words.end} testId="clip-end" value={end} onInput={setEnd} now={now} />
      </div>
      {typeof clip === 'string' ? (
        <p class="hint hint-warn" role="alert" data-testid="clip-error">
          {words.clipErrors[clip]}
        </p>
      ) : (
        <p class="clip-go">
          <a class="button" href={clipUrl(url, clip)} download="" data-testid="download-clip">
            <Icon name="download" />
            {words.downloadClip}
          </a>
          <span class="quiet numbers">{words.clipLength(clockTime((clip.endSeconds - clip.startSeconds) * 1000))}</span>
        </p>
      )}
      <p class="hint">{words.clipHint}</p>
    </section>
  );
}

interface TimeFieldProps {
  label: string;
  testId: string;
  value: string;
  onInput: (value: string) => void;
  now: () => string;
}

function TimeField({ label, testId, value, onInput, now }: TimeFieldProps) {
  return (
    <label class="field">
      <span class="field-label">{label}</span>
      <span class="field-row">
        <input
          class="input input-code"
          inputMode="text"
          autocomplete="off"
          spellcheck={false}
          value={value}
          data-testid={testId}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
        <button
          type="button"
          class="button"
          aria-label={`${recordingsWords.value.here}: ${label}`}
          onClick={() => onInput(now())}
        >
          {recordingsWords.value.here}
        </button>
      </span>
    </label>
  );
}
