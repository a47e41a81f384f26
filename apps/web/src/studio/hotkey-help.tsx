import type { Signal } from '@preact/signals';
import { studioWords } from '../language/studio.js';
import { ShortcutDialog } from './shortcut-dialog.js';

/** Lists the keys of the studio, and lets the single ones be switched off. */
export function HotkeyHelp({ open }: { open: Signal<boolean> }) {
  const { keys, shortcuts } = studioWords.value;
  const rows = [
    [['M', 'Ctrl+D'], keys.microphone],
    [['Space'], keys.talk],
    [['V', 'Ctrl+E'], keys.camera],
    [['?'], keys.help],
  ] as const;
  return <ShortcutDialog open={open} title={shortcuts} rows={rows} />;
}
