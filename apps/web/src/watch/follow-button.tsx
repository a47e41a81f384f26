import type { Channel } from '@weir/contract';
import { session } from '../api/session.js';
import { useLoaded } from '../chat/use-loaded.js';
import { watchWords } from '../language/watch.js';
import { Icon } from '../page/icon.js';
import { signInPath } from '../page/menu.js';

/** Follows the channel or leaves off; leads guests to the page to sign in. */
export function FollowButton({ channel, onChange }: { channel: Channel; onChange: () => void }) {
  const words = watchWords.value;
  const isKnown = Boolean(session.value?.account);
  const Toggle = useLoaded(isKnown, async () => (await import('./follow-toggle.js')).FollowToggle);
  if (session.value === undefined) return null;
  if (isKnown) return Toggle === undefined ? null : <Toggle channel={channel} onChange={onChange} />;
  return (
    <a class="button" href={signInPath()} title={words.signInToFollow} data-testid="follow">
      <Icon name="star" />
      {words.follow}
    </a>
  );
}
