import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { chatWritingWords } from '../language/chat-writing.js';
import { chatWords } from '../language/chat.js';
import { Icon } from '../page/icon.js';
import { nextItem } from '../player/menu-keys.js';
import type { ChatDesk } from './chat-desk.js';
import type { Line } from './transcript.js';
import { useDismiss } from './use-dismiss.js';
import '../style/message-menu.css';

const SPANS_SECONDS = [60, 600, 3600, 86_400];

/** What can be done with the message whose menu is open. */
export function MessageMenu({ desk }: { desk: ChatDesk }) {
  const line = desk.menuOf.value;
  const there = line !== undefined && desk.room.lines.value.some(({ key }) => key === line.key);
  return there ? <OpenMenu key={line.key} desk={desk} line={line} /> : null;
}

function OpenMenu({ desk, line }: { desk: ChatDesk; line: Line }) {
  const menu = useRef<HTMLDivElement>(null);
  const words = chatWritingWords.value;
  const { moderation, room } = desk;
  const row = () => menu.current?.closest('.chat')?.querySelector<HTMLElement>(`[data-key="${CSS.escape(line.key)}"]`);
  const close = () => {
    row()?.focus();
    desk.menuOf.value = undefined;
  };
  const choose = (act: () => void) => {
    close();
    act();
  };
  useDismiss(menu, true, close);
  useLayoutEffect(() => {
    const [element, panel, beside] = [menu.current, menu.current?.closest('.chat'), row()];
    if (!element || !panel || !beside) return;
    const frame = panel.getBoundingClientRect();
    const top = beside.getBoundingClientRect().top - frame.top;
    element.style.setProperty('top', `${Math.max(8, Math.min(top, frame.height - element.offsetHeight - 8))}px`);
    element.querySelector<HTMLElement>('[role="menuitem"]')?.focus();
  }, []);
  const onKey = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === 'Tab' || event.key === 'Escape') return close();
    const items = [...(menu.current?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])];
    const next = nextItem(event.key, items.indexOf(document.activeElement as HTMLElement), items.length);
    if (next === undefined) return;
    event.preventDefault();
    items[next]?.focus();
  };
  return (
    <div ref={menu} class="chat-menu" role="menu" aria-label={chatWords.value.actions(line.name)} onKeyDown={onKey}>
      {room.leave.value === 'yes' && room.ban.value === undefined && (
        <Item icon="reply" testId="reply" onClick={() => choose(() => desk.reply(line))}>
          {words.reply}
        </Item>
      )}
      {desk.mayDelete(line) && (
        <Item icon="close" testId="delete" onClick={() => choose(() => moderation.delete(line))}>
          {words.delete}
        </Item>
      )}
      {desk.mayBan(line) && (
        <>
          <div role="group" aria-label={words.timeOut}>
            <p class="menu-label" aria-hidden="true">
              {words.timeOut}
            </p>
            {SPANS_SECONDS.map((seconds) => (
              <Item
                key={seconds}
                testId={`time-out-${seconds}`}
                onClick={() => choose(() => void moderation.ban(line, seconds))}
              >
                {words.spans[seconds]}
              </Item>
            ))}
          </div>
          <Item icon="shield" danger testId="ban" onClick={() => choose(() => void moderation.ban(line, null))}>
            {words.ban}
          </Item>
        </>
      )}
    </div>
  );
}

interface ItemProps {
  icon?: 'reply' | 'close' | 'shield';
  danger?: boolean;
  testId: string;
  onClick: () => void;
  children: ComponentChildren;
}

function Item({ icon, danger, testId, onClick, children }: ItemProps) {
  return (
    <button
      type="button"
      class={danger ? 'chat-menu-item chat-menu-danger' : 'chat-menu-item'}
      role="menuitem"
      tabIndex={-1}
      data-testid={testId}
      onClick={onClick}
    >
      {icon !== undefined && <Icon name={icon} />}
      {children}
    </button>
  );
}
