import { clockTime } from '../language/format.js';
import type { Rewind } from './player.js';
import { toldSeconds } from './time-window.js';

/** Where in time the picture is, for who is not at the live edge. */
export function Time({ rewind }: { rewind: Rewind }) {
  const window = rewind.window.value;
  if (window === undefined || (window.live && rewind.edge.value !== 'behind')) return null;
  const told = toldSeconds(window, window.positionSeconds);
  return (
    <span class="controls-time" data-testid="time">
      {window.live ? `−${clockTime(-told * 1000)}` : clockTime(told * 1000)}
      {!window.live && (
        <span class="controls-length"> / {clockTime((window.endSeconds - window.startSeconds) * 1000)}</span>
      )}
    </span>
  );
}
