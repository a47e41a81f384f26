import { useEffect, useLayoutEffect, useMemo } from 'preact/hooks';
import { chatWords } from '../language/chat.js';
import { areShortcutsOn } from '../player/shortcut-memory.js';
import { Announcements } from './announcements.js';
import { ChatDesk } from './chat-desk.js';
import { ChatHead } from './chat-head.js';
import type { ChatRoom } from './chat-room.js';
import { MessageList } from './message-list.js';
import { ReactionsBar } from './reactions-bar.js';
import { useLoaded } from './use-loaded.js';
import '../style/chat.css';

interface ChatPanelProps {
  room: ChatRoom;
  /** Puts the chat away, where that can be done. */
  onHide?: (() => void) | undefined;
  /** Stands alone in its window. */
  alone?: boolean;
}

/** The chat of a channel; fills the box in which it stands. */
export function ChatPanel({ room, onHide, alone = false }: ChatPanelProps) {
  const words = chatWords.value;
  const desk = useMemo(() => new ChatDesk(room), [room]);
  useEffect(() => () => desk.close(), [desk]);
  // Before the next paint: a key that is pressed at once must be heard.
  useLayoutEffect(() => focusBySlash(desk), [desk]);
  const { moderation, menuOf } = desk;
  const undoing = moderation.undoable.value !== undefined || moderation.trouble.value !== undefined;
  const Composer = useLoaded(room.phase.value !== 'connecting', async () => (await import('./composer.js')).Composer);
  const Poll = useLoaded(room.poll.value !== null, async () => (await import('./poll-card.js')).PollCard);
  const Menu = useLoaded(menuOf.value !== undefined, async () => (await import('./message-menu.js')).MessageMenu);
  const Undo = useLoaded(undoing, async () => (await import('./undo-bar.js')).UndoBar);
  const Tools = useLoaded(desk.tools.value, async () => (await import('./moderator-panel.js')).ModeratorPanel);
  return (
    <section class="chat" aria-label={words.title} data-testid="chat" data-phase={room.phase.value}>
      <ChatHead desk={desk} onHide={onHide} alone={alone} />
      {Poll !== undefined && <Poll desk={desk} />}
      <MessageList lines={room.lines} empty={room.phase.value === 'joined' ? words.empty : ''} desk={desk} />
      {Undo !== undefined && <Undo desk={desk} />}
      <div class="chat-foot">
        {room.ban.value === undefined && <ReactionsBar desk={desk} />}
        {Composer !== undefined && <Composer desk={desk} />}
      </div>
      {Menu !== undefined && <Menu desk={desk} />}
      <Announcements announcer={desk.announcer} />
      {Tools !== undefined && desk.tools.value && room.moderates.value && <Tools desk={desk} />}
    </section>
  );
}

/** "/" moves to the field from anywhere on the page (WCAG 2.2, 2.1.4: unless single keys are switched off). */
function focusBySlash(desk: ChatDesk): () => void {
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || !areShortcutsOn()) return;
    const taken = event
      .composedPath()
      .some(
        (node) =>
          node instanceof HTMLElement && (node.isContentEditable || node.matches('input, textarea, select, dialog')),
      );
    if (taken || desk.field === undefined) return;
    event.preventDefault();
    desk.toField();
  };
  document.addEventListener('keydown', onKey);
  return () => document.removeEventListener('keydown', onKey);
}
