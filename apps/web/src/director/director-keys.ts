import { recall } from '../page/memory.js';
import { HOTKEYS_MEMORY } from '../studio/hotkeys.js';

/** The parts of a key press that decide; `path` is its composed path. */
export interface DirectorPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly path: readonly {
    readonly nodeName?: string;
    readonly type?: string;
    readonly isContentEditable?: boolean;
  }[];
}

/** What a key does on the stage: a place in the layouts and cards, counted from 0, or one of the words. */
export type DirectorKey = number | 'undo' | 'help';

/** Fields in which nothing is typed, so that keys there are the stage's. */
const UNTYPED: readonly string[] = ['checkbox', 'radio', 'range', 'button', 'submit', 'file'];

/** What a key press asks for; undefined where the key belongs to a field, a dialog or the browser. */
export function directorKeyOf(press: DirectorPress, singleKeys: boolean): DirectorKey | undefined {
  const { key, ctrlKey, metaKey, altKey, path } = press;
  if (altKey || path.some(takesKeys)) return undefined;
  const isUndo = key.toLowerCase() === 'z';
  if (ctrlKey || metaKey) return isUndo ? 'undo' : undefined;
  if (!singleKeys) return undefined;
  if (/^[1-9]$/.test(key)) return Number(key) - 1;
  return isUndo ? 'undo' : key === '?' ? 'help' : undefined;
}

/** Tells what keys ask for on the stage; returns what ends it. */
export function listenToDirectorKeys(onKey: (key: DirectorKey) => void): () => void {
  const press = (event: KeyboardEvent) => {
    const { key, ctrlKey, metaKey, altKey } = event;
    const path = event.composedPath() as unknown as DirectorPress['path'];
    const asked = directorKeyOf({ key, ctrlKey, metaKey, altKey, path }, recall(HOTKEYS_MEMORY) !== 'off');
    if (asked === undefined) return;
    event.preventDefault();
    if (!event.repeat) onKey(asked);
  };
  window.addEventListener('keydown', press);
  return () => window.removeEventListener('keydown', press);
}

function takesKeys({ nodeName = '', type = '', isContentEditable = false }: DirectorPress['path'][number]): boolean {
  if (nodeName === 'INPUT') return !UNTYPED.includes(type);
  return isContentEditable || ['TEXTAREA', 'SELECT', 'DIALOG'].includes(nodeName);
}
