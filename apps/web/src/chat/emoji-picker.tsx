import { useEffect, useRef, useState } from 'preact/hooks';
import { chatToolWords } from '../language/chat-tools.js';
import { chatWritingWords } from '../language/chat-writing.js';
import { language } from '../language/language.js';
import { findEmoji } from './emoji-list.js';
import type { Emoji } from './emoji-list.js';
import '../style/emoji.css';

/** Emoji to choose from, found by names in both languages. */
export function EmojiPicker({ onPick, onClose }: { onPick: (sign: string) => void; onClose: () => void }) {
  const words = chatToolWords.value;
  const search = useRef<HTMLInputElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const [wanted, setWanted] = useState('');
  const [active, setActive] = useState(0);
  const found = findEmoji(wanted.trim());
  useEffect(() => {
    // A phone's keyboard would cover what there is to pick.
    if (matchMedia('(pointer: fine)').matches) search.current?.focus();
  }, []);
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      return onClose();
    }
    const buttons = [...(grid.current?.querySelectorAll<HTMLElement>('button') ?? [])];
    const next = placeAfter(event.key, active, buttons);
    if (next === undefined || (event.target === search.current && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    const place = event.target === search.current ? 0 : next;
    setActive(place);
    buttons[place]?.focus();
  };
  return (
    <div
      class="emoji-picker"
      role="group"
      aria-label={chatWritingWords.value.emoji}
      data-testid="emoji-picker"
      onKeyDown={onKey}
    >
      <input
        ref={search}
        class="input"
        type="search"
        value={wanted}
        aria-label={words.emojiSearch}
        placeholder={words.emojiSearch}
        onInput={(event) => {
          setWanted(event.currentTarget.value);
          setActive(0);
        }}
        onKeyDown={(event) => {
          // Enter takes the first and does not send the message.
          if (event.key !== 'Enter' || event.isComposing) return;
          event.preventDefault();
          if (found[0] !== undefined) onPick(found[0].sign);
        }}
      />
      <div ref={grid} class="emoji-grid">
        {found.map((emoji, index) => (
          <button
            key={emoji.sign}
            type="button"
            class="emoji-one"
            title={nameOf(emoji)}
            aria-label={nameOf(emoji)}
            tabIndex={index === active ? 0 : -1}
            data-testid={`emoji-${emoji.code}`}
            onClick={() => onPick(emoji.sign)}
          >
            {emoji.sign}
          </button>
        ))}
      </div>
      {found.length === 0 && <p class="quiet">{words.emojiNone}</p>}
    </div>
  );
}

function nameOf({ english, korean }: Emoji): string {
  return language.value === 'ko' ? korean : english;
}

function placeAfter(key: string, place: number, buttons: readonly HTMLElement[]): number | undefined {
  const top = buttons[0]?.offsetTop;
  const columns = Math.max(
    1,
    buttons.findIndex(({ offsetTop }) => offsetTop !== top),
  );
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[key];
  if (step === undefined) return { Home: 0, End: buttons.length - 1 }[key];
  const next = place + step;
  return next >= 0 && next < buttons.length ? next : place;
}
