import type { Channel } from '@weir/contract';
import { deleteChannel } from '../api/channels.js';
import { channelWords } from '../language/channel.js';
import { done, useAction } from '../page/action.js';
import { ConfirmButton } from '../page/confirm-button.js';
import { Notice } from '../page/notice.js';

/** Deletes a channel after its name was typed. */
export function DeleteChannel({ channel }: { channel: Channel }) {
  const words = channelWords.value.remove;
  const action = useAction();
  const remove = async () => {
    if (await action.run(() => done(deleteChannel(channel.name)))) location.assign('/channels');
  };
  return (
    <section class="panel danger" aria-label={words.title}>
      <div>
        <h3>{words.title}</h3>
        <p class="hint">{words.text}</p>
      </div>
      {action.fault !== undefined && <Notice tone="error">{action.fault}</Notice>}
      <ConfirmButton
        label={words.button}
        question={words.question(channel.name)}
        text={channel.live ? `${words.text} ${words.live}` : words.text}
        yes={words.button}
        no={channelWords.value.keep}
        typed={{ label: words.typed(channel.name), value: channel.name }}
        slim={false}
        disabled={action.busy}
        testId="delete-channel"
        onConfirm={() => void remove()}
      />
    </section>
  );
}
