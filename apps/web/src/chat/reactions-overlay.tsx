import { useEffect, useState } from 'preact/hooks';
import type { Reaction } from '@weir/contract';
import { mayMove } from '../page/appearance.js';
import type { ChatRoom } from './chat-room.js';
import '../style/reactions.css';

const MOST_AT_ONCE = 40;
const MOST_OF_A_KIND = 6;
const SPREAD_MS = 700;

interface Bubble {
  readonly serial: number;
  readonly reaction: Reaction;
  readonly across: number;
  readonly drift: number;
  readonly delayMs: number;
}

let serial = 0;

/** Reactions that float over the picture; nothing moves where the reader wants nothing to move. */
export function ReactionsOverlay({ room }: { room: ChatRoom }) {
  const [bubbles, setBubbles] = useState<readonly Bubble[]>([]);
  useEffect(
    () =>
      room.onReactions((counts) => {
        if (!mayMove() || document.hidden) return;
        const more = Object.entries(counts).flatMap(([reaction, count]) => bubblesOf(reaction as Reaction, count));
        setBubbles((before) => [...before, ...more].slice(-MOST_AT_ONCE));
      }),
    [room],
  );
  return (
    <div class="bubbles" aria-hidden="true" data-testid="reactions-overlay">
      {bubbles.map(({ serial: key, reaction, across, drift, delayMs }) => (
        <span
          key={key}
          class="bubble"
          style={{ '--across': `${across}%`, '--drift': `${drift}px`, '--delay': `${delayMs}ms` }}
          onAnimationEnd={() => setBubbles((before) => before.filter((bubble) => bubble.serial !== key))}
        >
          {reaction}
        </span>
      ))}
    </div>
  );
}

function bubblesOf(reaction: Reaction, count: number): Bubble[] {
  return Array.from({ length: Math.min(MOST_OF_A_KIND, count) }, () => {
    serial += 1;
    return {
      serial,
      reaction,
      across: Math.random() * 90,
      drift: Math.random() * 48 - 24,
      delayMs: Math.random() * SPREAD_MS,
    };
  });
}
