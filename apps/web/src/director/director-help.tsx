import type { Signal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { directorWords } from '../language/director.js';
import { pageWords } from '../language/page.js';
import { studioWords } from '../language/studio.js';
import { recall, remember } from '../page/memory.js';
import { HOTKEYS_MEMORY } from '../studio/hotkeys.js';

/** Lists the keys of the stage, and lets the single ones be switched off. */
export function DirectorHelp({ open }: { open: Signal<boolean> }) {
  const words = directorWords.value;
  const dialog = useRef<HTMLDialogElement>(null);
  const [on, setOn] = useState(recall(HOTKEYS_MEMORY) !== 'off');
  useEffect(() => {
    if (open.value && dialog.current?.open === false) dialog.current.showModal();
  }, [open.value]);
  const rows = [
    [['1', '…', '7'], words.keyList.layouts],
    [['8', '9'], words.keyList.cards],
    [['Z', 'Ctrl+Z'], words.keyList.undo],
    [['M', 'Ctrl+D'], words.keyList.microphone],
    [['V', 'Ctrl+E'], words.keyList.camera],
    [['←', '→'], words.keyList.move],
    [['?'], words.keyList.help],
  ] as const;
  return (
    <dialog ref={dialog} class="dialog" aria-label={words.keys} onClose={() => (open.value = false)}>
      <h2>{words.keys}</h2>
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
        {studioWords.value.shortcutsOn}
      </label>
      <form method="dialog" class="dialog-actions">
        <button class="button">{pageWords.value.close}</button>
      </form>
    </dialog>
  );
}
