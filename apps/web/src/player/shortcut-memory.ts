import { recall, remember } from '../page/memory.js';

const MEMORY = 'weir.shortcuts';

/** False when the viewer switched single-key shortcuts off (WCAG 2.2, 2.1.4). */
export function areShortcutsOn(): boolean {
  return recall(MEMORY) !== 'off';
}

/** Switches single-key shortcuts on or off, and remembers it. */
export function switchShortcuts(on: boolean): void {
  remember(MEMORY, on ? 'on' : 'off');
}
