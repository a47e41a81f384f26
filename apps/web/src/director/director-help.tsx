import type { Signal } from '@preact/signals';
import { directorWords } from '../language/director.js';
import { ShortcutDialog } from '../studio/shortcut-dialog.js';

/** Lists the keys of the stage, and lets the single ones be switched off. */
export function DirectorHelp({ open }: { open: Signal<boolean> }) {
  const { keyList, keys } = directorWords.value;
  const rows = [
    [['1', '…', '7'], keyList.layouts],
    [['8', '9'], keyList.cards],
    [['Z', 'Ctrl+Z'], keyList.undo],
    [['M', 'Ctrl+D'], keyList.microphone],
    [['V', 'Ctrl+E'], keyList.camera],
    [['←', '→'], keyList.move],
    [['?'], keyList.help],
  ] as const;
  return <ShortcutDialog open={open} title={keys} rows={rows} />;
}
