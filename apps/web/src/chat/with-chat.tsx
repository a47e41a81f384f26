import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { chatWords } from '../language/chat.js';
import { Icon } from '../page/icon.js';
import { isChatHidden, keepChatHidden } from './chat-memory.js';
import { ChatPanel } from './chat-panel.js';
import type { ChatRoom } from './chat-room.js';
import { useKeyboardRoom } from './keyboard-room.js';
import '../style/with-chat.css';

interface WithChatProps {
  picture: ComponentChildren;
  /** The live chat; or else `chat`, which may be nothing. */
  room?: ChatRoom | undefined;
  chat?: ComponentChildren;
  /** What is told about the picture. */
  children?: ComponentChildren;
}

/** A picture with its chat: beside it where there is room and on phones that lie, below it on phones that stand. */
export function WithChat({ picture, room, chat, children }: WithChatProps) {
  const words = chatWords.value;
  const [hidden, setHidden] = useState(isChatHidden());
  const frame = useRef<HTMLDivElement>(null);
  useKeyboardRoom(frame);
  useEffect(() => keepChatHidden(hidden), [hidden]);
  const panel = room === undefined ? chat : <ChatPanel room={room} onHide={() => setHidden(true)} />;
  const shown = panel !== undefined && panel !== null && !(room !== undefined && hidden);
  return (
    <div ref={frame} class={shown ? 'with-chat' : 'with-chat with-chat-none'}>
      <div class="with-chat-picture">{picture}</div>
      <div class="with-chat-facts">
        {children}
        {room !== undefined && hidden && (
          <button type="button" class="button with-chat-show" data-testid="show-chat" onClick={() => setHidden(false)}>
            <Icon name="chat" />
            {words.show}
          </button>
        )}
      </div>
      {shown && <div class="with-chat-panel">{panel}</div>}
    </div>
  );
}
