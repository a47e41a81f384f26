import type { Signal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { pageWords } from '../language/page.js';
import { studioWords } from '../language/studio.js';
import { recall, remember } from '../page/memory.js';
import { HOTKEYS_MEMORY } from './hotkeys.js';

/** Keys that do the same, and what that is. */
export type ShortcutRow = readonly [keys: readonly string[], meaning: string];

/** Lists keys, and lets the single ones be switched off. */
export function ShortcutDialog(props: { open: Signal<boolean>; title: string; rows: readonly ShortcutRow[] }) {
  const { open, title, rows } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const [on, setOn] = useState(recall(HOTKEYS_MEMORY) !== 'off');
  useEffect(() => {
    if (open.value && dialog.current?.open === false) dialog.current.showModal();
  }, [open.value]);
  return (
    <dialog ref={dialog} class="dialog" aria-label={title} onClose={() => (open.value = false)}>
      <h2>{title}</h2>
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
