import { pageWords } from '../language/page.js';

/** A dot and a word that tell whether a channel is live. */
export function LiveBadge({ live }: { live: boolean }) {
  return (
    <span class={live ? 'badge badge-live' : 'badge'} data-testid="live-badge">
      <span class="badge-dot" />
      {live ? pageWords.value.live : pageWords.value.offline}
    </span>
  );
}
