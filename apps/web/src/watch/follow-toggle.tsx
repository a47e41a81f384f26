import type { Channel } from '@weir/contract';
import { follow } from '../api/channels.js';
import { watchWords } from '../language/watch.js';
import { done, useAction } from '../page/action.js';
import { Icon } from '../page/icon.js';

/** Follows the channel or leaves off, for who is signed in. */
export function FollowToggle({ channel, onChange }: { channel: Channel; onChange: () => void }) {
  const words = watchWords.value;
  const { busy, fault, run } = useAction();
  const { name, following } = channel;
  const toggle = async () => {
    if (await run(() => done(follow(name, !following)))) onChange();
  };
  return (
    <>
      <button
        type="button"
        class={following ? 'button' : 'button button-main'}
        title={following ? words.unfollow : undefined}
        aria-pressed={following}
        disabled={busy}
        data-testid="follow"
        onClick={() => void toggle()}
      >
        <Icon name={following ? 'tick' : 'star'} />
        {following ? words.following : words.follow}
      </button>
      <span role="status">{fault}</span>
    </>
  );
}
