import type { Signal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { pageWords } from '../language/page.js';
import { studioWords } from '../language/studio.js';
import { recall, remember } from '../page/memory.js';
import { HOTKEYS_MEMORY } from './hotkeys.js';

/** Lists the keys of the studio, and lets the single ones be switched off. */
export function HotkeyHelp({ open }: { open: Signal<boolean> }) {
  const words = studioWords.value;
  const dialog = useRef<HTMLDialogElement>(null);
  const [on, setOn] = useState(recall(HOTKEYS_MEMORY) !== 'off');
  useEffect(() => {
    if (open.value) dialog.current?.showModal();
  }, [open.value]);
  const rows = [
    [['M', 'Ctrl+D'], words.keys.microphone],
    [['Space'], words.keys.talk],
    [['V', 'Ctrl+E'], words.keys.camera],
    [['?'], words.keys.help],
  ] as const;
  return (
    <dialog ref={dialog} class="dialog" aria-label={words.shortcuts} onClose={() => (open.value = false)}>
      <h2>{words.shortcuts}</h2>
      <dl class="hotkeys">
        {rows.map(([keys, meaning]) => (
          <div key={meaning}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
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
            remember(HOTKEYS_MEMORY, event.currentTarget.checked ? 'on' : 'off');
          }}
        />
        {words.shortcutsOn}
      </label>
      <form method="dialog" class="dialog-actions">
        <button class="button">{pageWords.value.close}</button>
      </form>
    </dialog>
  );
}
