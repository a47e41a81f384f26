import { useEffect } from 'preact/hooks';
import type { Reaction } from '@weir/contract';
import { chatWords } from '../language/chat.js';
import type { ChatDesk } from './chat-desk.js';
import { REACTION_SIGNS } from './reaction.js';

const ANNOUNCE_EVERY_MS = 10_000;

/** The reactions to send; what all together sent is read out at most every ten seconds. */
export function ReactionsBar({ desk }: { desk: ChatDesk }) {
  const words = chatWords.value;
  const { room } = desk;
  useEffect(() => readOut(desk), [desk]);
  const off = room.phase.value !== 'joined';
  return (
    <div class="reactions" role="group" aria-label={words.reactions}>
      {REACTION_SIGNS.map((reaction) => (
        <button
          key={reaction}
          type="button"
          class="reaction"
          aria-label={words.react(words.reactionNames[reaction])}
          disabled={off}
          data-testid="reaction"
          onClick={() => void room.ask('react', { reaction })}
        >
          <span aria-hidden="true">{reaction}</span>
        </button>
      ))}
    </div>
  );
}

function readOut({ room, announcer, announce }: ChatDesk): () => void {
  const counts = new Map<Reaction, number>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    timer = undefined;
    const names = chatWords.value.reactionNames;
    const list = [...counts].map(([reaction, count]) => `${count} ${names[reaction]}`).join(', ');
    counts.clear();
    if (announce.value === 'all') announcer.say(chatWords.value.reacted(list));
  };
  const stop = room.onReactions((told) => {
    for (const [reaction, count] of Object.entries(told) as [Reaction, number][]) {
      counts.set(reaction, (counts.get(reaction) ?? 0) + count);
    }
    timer ??= setTimeout(flush, ANNOUNCE_EVERY_MS);
  });
  return () => {
    stop();
    clearTimeout(timer);
  };
}
