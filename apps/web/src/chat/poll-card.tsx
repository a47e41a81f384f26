import { useEffect, useRef, useState } from 'preact/hooks';
import type { Poll } from '@weir/contract';
import { chatWritingWords } from '../language/chat-writing.js';
import { clockTime } from '../language/format.js';
import { Icon } from '../page/icon.js';
import type { ChatDesk } from './chat-desk.js';
import { useSecondsUntil } from './chat-time.js';
import { troubleText } from './trouble-text.js';
import type { Trouble } from './trouble.js';
import '../style/poll.css';

/** The poll of the room: a vote for each, the result as it grows. */
export function PollCard({ desk }: { desk: ChatDesk }) {
  const { room } = desk;
  const poll = room.poll.value;
  const [away, setAway] = useState('');
  useAnnounced(desk, poll);
  if (poll === null) return null;
  // Put away while it runs, it comes back with the result.
  const state = `${poll.id} ${poll.closedAtMs === null}`;
  return state === away ? null : <Card key={poll.id} desk={desk} poll={poll} onAway={() => setAway(state)} />;
}

function Card({ desk: { room }, poll, onAway }: { desk: ChatDesk; poll: Poll; onAway: () => void }) {
  const words = chatWritingWords.value;
  const [trouble, setTrouble] = useState<Trouble>();
  const seconds = useSecondsUntil(poll.closedAtMs === null ? (poll.closesAtMs ?? 0) : 0);
  const over = poll.closedAtMs !== null;
  const total = poll.options.reduce((sum, { votes }) => sum + votes, 0);
  const most = Math.max(...poll.options.map(({ votes }) => votes));
  const choice = room.choice.value;
  const votes = !over && choice === null && room.phase.value === 'joined';
  const ask = async (asked: Promise<Trouble | undefined>) => setTrouble(await asked);
  return (
    <section class="poll" aria-label={words.poll} data-testid="poll">
      <div class="poll-head">
        <h3 dir="auto">{poll.question}</h3>
        <span class="poll-state">
          {over ? words.pollOver : seconds > 0 && words.closesIn(clockTime(seconds * 1000))}
        </span>
        {!over && room.moderates.value && (
          <button
            type="button"
            class="text-button"
            data-testid="poll-close"
            onClick={() => void ask(room.ask('closePoll', { poll: poll.id }))}
          >
            {words.closePoll}
          </button>
        )}
        <button type="button" class="icon-button" aria-label={words.putAway} data-testid="poll-away" onClick={onAway}>
          <Icon name="close" />
        </button>
      </div>
      <ul class="poll-options">
        {poll.options.map(({ text, votes: count }, index) => {
          const percent = total === 0 ? 0 : Math.round((count / total) * 100);
          const facts = (
            <>
              <span class="poll-text" dir="auto">
                {text}
                {choice === index && (
                  <span class="poll-own">
                    <Icon name="tick" />
                    <span class="unseen">({words.yourVote})</span>
                  </span>
                )}
              </span>
              <span class="poll-count">
                {words.share(percent)} <span class="quiet">{words.votes(count)}</span>
              </span>
            </>
          );
          const kind = over && count === most && total > 0 ? 'poll-option poll-winner' : 'poll-option';
          return (
            <li key={index} class={kind} style={{ '--share': `${percent}%` }} data-testid="poll-option">
              {votes ? (
                <button type="button" onClick={() => void ask(room.ask('vote', { poll: poll.id, choice: index }))}>
                  {facts}
                </button>
              ) : (
                <div>{facts}</div>
              )}
            </li>
          );
        })}
      </ul>
      <p class="poll-total quiet">{words.votes(total)}</p>
      {trouble !== undefined && <p role="alert">{troubleText(trouble)}</p>}
    </section>
  );
}

function useAnnounced({ announcer }: ChatDesk, poll: Poll | null): void {
  const told = useRef('');
  const state = poll === null ? '' : `${poll.id} ${poll.closedAtMs === null}`;
  useEffect(() => {
    if (poll === null || told.current === state) return;
    const first = told.current === '' && poll.closedAtMs !== null;
    told.current = state;
    if (first) return;
    const best = poll.options.toSorted((one, other) => other.votes - one.votes)[0];
    const result = best === undefined ? '' : `${best.text}, ${chatWritingWords.value.votes(best.votes)}`;
    announcer.say(
      poll.closedAtMs === null
        ? chatWritingWords.value.pollOpened(poll.question)
        : chatWritingWords.value.pollClosed(poll.question, result),
    );
  }, [state]);
}
