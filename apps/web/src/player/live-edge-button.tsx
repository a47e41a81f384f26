import { pageWords } from '../language/page.js';
import { playerWords } from '../language/player.js';
import type { Rewind } from './player.js';

/** The live badge, which is the way back to live for who is behind. */
export function LiveEdge({ rewind }: { rewind: Rewind }) {
  const words = playerWords.value;
  const edge = rewind.edge.value;
  if (edge === 'none') return null;
  const behind = edge === 'behind';
  return (
    <button
      type="button"
      class={behind ? 'badge live-edge' : 'badge badge-live live-edge'}
      title={behind ? words.goLive : words.atEdge}
      aria-keyshortcuts="End"
      data-testid="live-edge"
      data-edge={edge}
      onClick={() => rewind.goLive()}
    >
      <span class="badge-dot" />
      {behind ? words.goLive : pageWords.value.live}
    </button>
  );
}
