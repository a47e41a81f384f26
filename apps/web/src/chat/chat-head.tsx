import { useRef, useState } from 'preact/hooks';
import { chatWords } from '../language/chat.js';
import { pageWords } from '../language/page.js';
import { Icon } from '../page/icon.js';
import type { ChatDesk } from './chat-desk.js';
import { useDismiss } from './use-dismiss.js';

const ANNOUNCES = ['all', 'mentions', 'off'] as const;
const POP_OUT_SIZE = 'popup,width=420,height=720';

interface ChatHeadProps {
  desk: ChatDesk;
  onHide?: (() => void) | undefined;
  alone: boolean;
}

/** The title of the chat, and what can be done with all of it. */
export function ChatHead({ desk, onHide, alone }: ChatHeadProps) {
  const words = chatWords.value;
  const { room, tools } = desk;
  const place = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  useDismiss(place, open, () => {
    setOpen(false);
    button.current?.focus();
  });
  return (
    <div class="chat-head">
      <h2>{words.title}</h2>
      {alone && room.live.value && (
        <span class="quiet chat-viewers">{pageWords.value.viewers(room.viewers.value)}</span>
      )}
      <span class="chat-head-tools">
        {room.moderates.value && (
          <button
            type="button"
            class="icon-button"
            aria-label={words.moderate}
            title={words.moderate}
            aria-haspopup="dialog"
            data-testid="moderate"
            onClick={() => (tools.value = true)}
          >
            <Icon name="shield" />
          </button>
        )}
        <div ref={place} class="chat-options">
          <button
            ref={button}
            type="button"
            class="icon-button"
            aria-label={words.announce}
            title={words.announce}
            aria-expanded={open}
            data-testid="announce"
            onClick={() => setOpen(!open)}
          >
            <Icon name="volume" />
          </button>
          {open && (
            <fieldset class="chat-options-panel">
              <legend>{words.announce}</legend>
              {ANNOUNCES.map((announce) => (
                <label key={announce} class="check">
                  <input
                    type="radio"
                    name="announce"
                    checked={desk.announce.value === announce}
                    data-testid={`announce-${announce}`}
                    onChange={() => desk.chooseAnnounce(announce)}
                  />
                  {words.announces[announce]}
                </label>
              ))}
            </fieldset>
          )}
        </div>
        {!alone && (
          <a
            class="icon-button"
            href={`/chat/${encodeURIComponent(room.channel)}`}
            target="_blank"
            rel="noopener"
            aria-label={words.popOut}
            title={words.popOut}
            data-testid="pop-out"
            onClick={(event) => {
              if (window.open(event.currentTarget.href, `weir-chat-${room.channel}`, POP_OUT_SIZE) !== null)
                event.preventDefault();
            }}
          >
            <Icon name="popout" />
          </a>
        )}
        {onHide !== undefined && (
          <button
            type="button"
            class="icon-button"
            aria-label={words.hide}
            title={words.hide}
            data-testid="hide-chat"
            onClick={onHide}
          >
            <Icon name="close" />
          </button>
        )}
      </span>
    </div>
  );
}
