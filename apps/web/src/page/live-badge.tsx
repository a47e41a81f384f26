import { text } from '../language/language.js';

/** A dot and a word that tell whether a channel is live. */
export function LiveBadge({ live }: { live: boolean }) {
  return (
    <span class={live ? 'badge badge-live' : 'badge'} data-testid="live-badge">
      <span class="badge-dot" />
      {live ? text.value.live : text.value.offline}
    </span>
  );
}
