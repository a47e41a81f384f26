import { useState } from 'preact/hooks';
import type { Recording } from '@weir/contract';
import { bytesText, clockTime, dateText } from '../language/format.js';
import { Icon } from '../page/icon.js';
import { Flow } from '../page/flow.js';
import { stateText, titleOf } from './recording-words.js';

/** A recording that can be clicked to play it. */
export function RecordingCard({ recording }: { recording: Recording }) {
  const [hasPoster, setHasPoster] = useState(recording.posterUrl !== null);
  const { id, channel, state, startedAt, durationSeconds, bytes, posterUrl } = recording;
  const title = titleOf(recording);
  const told = stateText(recording);
  return (
    <li>
      <a class="card" href={`/recordings/${encodeURIComponent(id)}`} data-testid={`recording-${id}`}>
        <Flow name={channel}>
          {hasPoster && posterUrl !== null && (
            <img class="card-image" src={posterUrl} alt="" loading="lazy" onError={() => setHasPoster(false)} />
          )}
          {told !== '' && (
            <span class={state === 'recording' ? 'badge badge-live' : 'badge'} data-testid="recording-state">
              <span class="badge-dot" />
              {told}
            </span>
          )}
          <span class="card-length">{clockTime(durationSeconds * 1000)}</span>
          <span class="card-play">
            <Icon name="play" />
          </span>
        </Flow>
        <span class="card-text">
          <span class="card-title">{title}</span>
          <span class="card-facts">
            <span>{channel}</span>
            <span>{dateText(startedAt)}</span>
            {bytes > 0 && <span>{bytesText(bytes)}</span>}
          </span>
        </span>
      </a>
    </li>
  );
}
