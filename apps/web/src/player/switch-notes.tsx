import { switchWords } from '../language/switch.js';
import type { TransportChoice } from './transport.js';

/** Why the picture comes over HLS, and the way back; shown with the bar below the picture. */
export function ReturnChip({ transport }: { transport: TransportChoice }) {
  const words = switchWords.value;
  const cause = transport.cause.value;
  if (cause === undefined || transport.showing.value !== 'hls') return null;
  if (transport.pinned.value !== undefined) return null;
  return (
    <div class="chip" data-testid="via-chip" data-cause={cause}>
      <span>{words.viaHls[cause]}</span>
      {cause !== 'no-webrtc' && (
        <button
          type="button"
          class="chip-button"
          data-testid="return"
          disabled={transport.probing.value}
          onClick={() => transport.returnToRealTime()}
        >
          {transport.probing.value ? words.tryingRealTime : words.backToRealTime}
        </button>
      )}
    </div>
  );
}

/** What is said while real time keeps the viewer waiting; undefined where there is nothing more to say than that it connects. */
export function waitingText(transport: TransportChoice): string | undefined {
  const words = switchWords.value;
  const cause = transport.cause.value;
  if (transport.pinned.value !== undefined || (cause !== 'blocked' && cause !== 'no-room')) return undefined;
  return transport.hasHls.value ? words.changing[cause] : words.noWay[cause];
}
