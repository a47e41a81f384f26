import { recall } from '../page/memory.js';
import type { Sources } from './sources.js';

/** Where the pages remember that single-key shortcuts are off (WCAG 2.2, 2.1.4). */
export const HOTKEYS_MEMORY = 'weir.shortcuts';

/** What a key does in the studio. */
export type Hotkey = 'microphone' | 'camera' | 'talk' | 'help';

/** The parts of a key press that decide; `path` is its composed path. */
export interface HotkeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly path: readonly { readonly nodeName?: string; readonly isContentEditable?: boolean }[];
}

const SINGLE: Readonly<Record<string, Hotkey>> = { m: 'microphone', v: 'camera', ' ': 'talk', '?': 'help' };
const WITH_CONTROL: Readonly<Record<string, Hotkey>> = { d: 'microphone', e: 'camera' };

/** What a key press asks for; undefined where the key belongs to a field, a dialog, a button or the browser. */
export function hotkeyOf(press: HotkeyPress, singleKeys: boolean): Hotkey | undefined {
  if (press.altKey) return undefined;
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  const isTaken = press.path.some(
    ({ nodeName = '', isContentEditable = false }) =>
      isContentEditable ||
      ['INPUT', 'TEXTAREA', 'SELECT', 'DIALOG'].includes(nodeName) ||
      (key === ' ' && ['BUTTON', 'A', 'SUMMARY'].includes(nodeName)),
  );
  if (isTaken) return undefined;
  if (press.ctrlKey || press.metaKey) return WITH_CONTROL[key];
  return singleKeys ? SINGLE[key] : undefined;
}

/** Lets keys turn microphone and camera; returns what ends it. */
export function listenToHotkeys(sources: Sources, onHelp: () => void): () => void {
  let isTalking = false;
  const released = new AbortController();
  const hush = () => {
    if (isTalking) sources.turnMicrophone(false);
    isTalking = false;
  };
  const press = (event: KeyboardEvent) => {
    const { key, ctrlKey, metaKey, altKey } = event;
    const path = event.composedPath() as unknown as HotkeyPress['path'];
    const hotkey = hotkeyOf({ key, ctrlKey, metaKey, altKey, path }, recall(HOTKEYS_MEMORY) !== 'off');
    if (hotkey === undefined) return;
    event.preventDefault();
    if (event.repeat) return;
    if (hotkey === 'help') onHelp();
    else if (hotkey === 'camera') sources.turnCamera(!sources.cameraOn.value);
    else if (hotkey === 'microphone') sources.turnMicrophone(!sources.microphoneOn.value);
    else if (!sources.microphoneOn.value) {
      isTalking = true;
      sources.turnMicrophone(true);
    }
  };
  const listening = { signal: released.signal };
  window.addEventListener('keydown', press, listening);
  window.addEventListener('keyup', ({ key }) => key === ' ' && hush(), listening);
  window.addEventListener('blur', hush, listening);
  return () => released.abort();
}
