import type { ReadonlySignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { chatWords } from '../language/chat.js';
import { Icon } from '../page/icon.js';
import { nextItem } from '../player/menu-keys.js';
import type { ChatDesk } from './chat-desk.js';
import { dayTime } from './chat-time.js';
import { Follow } from './follow.js';
import { MessageRow } from './message-row.js';
import { isContinued } from './transcript.js';
import type { Line } from './transcript.js';

interface MessageListProps {
  lines: ReadonlySignal<readonly Line[]>;
  /** What stands there while there is no message. */
  empty: string;
  /** The time that stands at a message; its time of day unless something else is asked for. */
  timeOf?: (line: Line) => string;
  desk?: ChatDesk | undefined;
}

/** The messages, newest at the end, which stays in view until somebody looks at something else. */
export function MessageList({ lines, empty, timeOf = ({ sentAtMs }) => dayTime(sentAtMs), desk }: MessageListProps) {
  const list = useRef<HTMLDivElement>(null);
  const [follow, setFollow] = useState<Follow>();
  const [active, setActive] = useState('');
  const words = chatWords.value;
  const shown = lines.value;
  const you = desk?.room.you.value;
  useEffect(() => {
    if (list.current === null) return;
    const made = new Follow(list.current, (reading) => desk && (desk.room.reading = reading));
    setFollow(made);
    return () => made.close();
  }, [desk]);
  useLayoutEffect(() => {
    if (follow === undefined) return;
    const last = shown.at(-1);
    if (last?.delivery === 'pending' && last.author === you?.author) follow.toEnd();
    const before = follow.unseen.peek();
    follow.grown(newestOf(shown), (seq) => shown.filter((line) => line.delivery === 'sent' && line.seq > seq).length);
    if (before === 0 && follow.unseen.peek() > 0 && desk && desk.announce.value !== 'off') {
      desk.announcer.say(words.newMessages(follow.unseen.peek()));
    }
  }, [follow, shown]);
  const reachable = shown.some(({ key }) => key === active) ? active : shown.at(-1)?.key;
  const onKey = (event: KeyboardEvent) => {
    if (actOnKey(event, list.current, shown, desk)) {
      event.preventDefault();
      // The arrows move among messages here and change no volume meanwhile.
      event.stopPropagation();
    }
  };
  return (
    <div class="chat-lines">
      <div
        ref={list}
        class="chat-scroll"
        data-testid="messages"
        onKeyDown={onKey}
        onFocusIn={({ target }) => setActive(rowOf(target)?.dataset['key'] ?? '')}
        onContextMenu={(event) => openByTouch(event, shown, desk)}
      >
        <div {...(shown.length > 0 && { role: 'feed', 'aria-label': words.messages })}>
          {shown.map((line, index) => (
            <MessageRow
              key={line.key}
              line={line}
              continued={isContinued(line, shown[index - 1])}
              active={line.key === reachable}
              time={timeOf(line)}
              reader={you?.author ?? ''}
              ownName={you?.name ?? null}
              desk={desk}
            />
          ))}
        </div>
      </div>
      {shown.length === 0 && <p class="chat-empty">{empty}</p>}
      {follow !== undefined && follow.unseen.value > 0 && (
        <button
          type="button"
          class="chat-pill"
          data-testid="unseen"
          onClick={({ detail }) => {
            follow.toEnd();
            // By keyboard, the button must not take the focus away with it.
            if (detail === 0) desk?.toField();
          }}
        >
          {words.newMessages(follow.unseen.value)}
          <Icon name="down" />
        </button>
      )}
    </div>
  );
}

function newestOf(lines: readonly Line[]): number {
  return lines.findLast(({ delivery }) => delivery === 'sent')?.seq ?? 0;
}

function rowOf(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('[data-key]') : null;
}

/** A long press on a touch screen, or the right button, opens the menu of a message; links keep the browser's own. */
function openByTouch(event: MouseEvent, lines: readonly Line[], desk: ChatDesk | undefined): void {
  const line = lines.find(({ key }) => key === rowOf(event.target)?.dataset['key']);
  const onLink = event.target instanceof Element && event.target.closest('a') !== null;
  if (desk === undefined || line?.delivery !== 'sent' || onLink || document.getSelection()?.isCollapsed === false)
    return;
  event.preventDefault();
  desk.menuOf.value = line;
}

function actOnKey(event: KeyboardEvent, list: HTMLElement | null, lines: readonly Line[], desk?: ChatDesk): boolean {
  const row = rowOf(event.target);
  const index = lines.findIndex(({ key }) => key === row?.dataset['key']);
  const line = lines[index];
  if (list === null || line === undefined) return false;
  const rows = [...list.querySelectorAll<HTMLElement>('[data-key]')];
  const onRow = event.target === row;
  const next = nextItem(event.key, index, lines.length);
  if (next !== undefined) {
    const wraps = (event.key === 'ArrowDown' && next < index) || (event.key === 'ArrowUp' && next > index);
    if (wraps && event.key === 'ArrowDown') desk?.toField();
    else if (!wraps) rows[next]?.focus();
    return true;
  }
  if (desk === undefined) return false;
  if (event.key === 'Escape') {
    desk.toField();
    return true;
  }
  const opens =
    (event.key === 'Enter' && onRow) || (event.key === 'F10' && event.shiftKey) || event.key === 'ContextMenu';
  if (opens && line.delivery === 'sent') {
    desk.menuOf.value = line;
    return true;
  }
  if (event.key === 'Delete' && onRow && desk.mayDelete(line)) {
    desk.moderation.delete(line);
    return true;
  }
  return false;
}
