import type { Signal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { pageWords } from '../language/page.js';
import { playerMenuWords } from '../language/player-menu.js';
import { playerWords } from '../language/player.js';
import { areShortcutsOn, switchShortcuts } from './shortcut-memory.js';

interface ShortcutHelpProps {
  open: Signal<boolean>;
  /** Lists those that move in time. */
  moves: boolean;
  /** Lists those for captions. */
  captions: boolean;
}

/** Lists the keys, and lets them be switched off. */
export function ShortcutHelp({ open, moves, captions }: ShortcutHelpProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [on, setOn] = useState(areShortcutsOn());
  const words = playerMenuWords.value;
  useEffect(() => {
    if (open.value) dialog.current?.showModal();
  }, [open.value]);
  const rows = [
    ['Space, K', words.keys.play],
    ['M', words.keys.mute],
    ['F', words.keys.full],
    ['I', words.keys.pictureInPicture],
    ...(captions ? [['C', words.keys.captions]] : []),
    ['↑ ↓', words.keys.volume],
    ...(moves
      ? [
          ['← →', words.keys.step],
          ['0 – 9', words.keys.share],
          ['End', words.keys.end],
        ]
      : []),
    ['?', words.keys.help],
  ];
  return (
    <dialog ref={dialog} class="dialog" aria-label={playerWords.value.shortcuts} onClose={() => (open.value = false)}>
      <h2>{playerWords.value.shortcuts}</h2>
      <dl class="keys">
        {rows.map(([keys, meaning]) => (
          <div key={keys}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <label class="check">
        <input
          type="checkbox"
          checked={on}
          onChange={(event) => {
            setOn(event.currentTarget.checked);
            switchShortcuts(event.currentTarget.checked);
          }}
        />
        {words.shortcutsOn}
      </label>
      <form method="dialog">
        <button class="button">{pageWords.value.close}</button>
      </form>
    </dialog>
  );
}
