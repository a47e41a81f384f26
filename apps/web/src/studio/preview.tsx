import { clockTime } from '../language/format.js';
import { studioWords } from '../language/studio.js';
import { useClock } from '../page/clock.js';
import { OwnPicture } from './own-picture.js';
import type { Studio } from './studio.js';

/** The picture as it goes out, how it stands, and the countdown. */
export function Preview({ studio }: { studio: Studio }) {
  const { sources, broadcast, countdown } = studio;
  return (
    <OwnPicture sources={sources} onAir={broadcast.onAir.value}>
      {countdown.left.value !== undefined && (
        <div class="count" aria-hidden="true" key={countdown.left.value}>
          {countdown.left.value}
        </div>
      )}
      <AirBadge studio={studio} />
    </OwnPicture>
  );
}

function AirBadge({ studio: { broadcast, countdown } }: { studio: Studio }) {
  const words = studioWords.value;
  const onAir = broadcast.onAir.value;
  const sinceMs = broadcast.sinceMs.value;
  const isBack = broadcast.running.value && sinceMs !== undefined;
  const isStarting = countdown.left.value !== undefined || broadcast.running.value;
  const label = onAir ? words.onAir : isBack ? words.reconnectingShort : isStarting ? words.starting : words.preview;
  return (
    <span class={onAir ? 'badge badge-live preview-badge' : 'badge preview-badge'} data-testid="air">
      <span class="badge-dot" />
      {label}
      {sinceMs !== undefined && <Elapsed sinceMs={sinceMs} />}
    </span>
  );
}

function Elapsed({ sinceMs }: { sinceMs: number }) {
  return (
    <span class="elapsed" data-testid="elapsed">
      {clockTime(useClock() - sinceMs)}
    </span>
  );
}
