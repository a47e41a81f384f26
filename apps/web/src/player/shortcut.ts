/** What a key does beside a player; `share` goes to as many tenths as the digit says. */
export type Shortcut =
  | 'play'
  | 'mute'
  | 'full-screen'
  | 'picture-in-picture'
  | 'captions'
  | 'louder'
  | 'quieter'
  | 'back'
  | 'forward'
  | 'to-start'
  | 'to-end'
  | 'share'
  | 'help';

const KEYS: Readonly<Record<string, Shortcut>> = {
  ' ': 'play',
  k: 'play',
  m: 'mute',
  f: 'full-screen',
  i: 'picture-in-picture',
  p: 'picture-in-picture',
  c: 'captions',
  ArrowUp: 'louder',
  ArrowDown: 'quieter',
  j: 'back',
  ArrowLeft: 'back',
  l: 'forward',
  ArrowRight: 'forward',
  Home: 'to-start',
  End: 'to-end',
  '?': 'help',
};

/** The parts of a key press that decide; `path` is its composed path. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly path: readonly { readonly nodeName: string; readonly isContentEditable: boolean; readonly type?: string }[];
}

/** The shortcut of a key press; undefined where the key belongs to a field, a slider, a button or the browser. */
export function shortcutOf(press: KeyPress): Shortcut | undefined {
  if (press.ctrlKey || press.metaKey || press.altKey) return undefined;
  const shortcut = /^\d$/.test(press.key)
    ? 'share'
    : KEYS[press.key.length === 1 ? press.key.toLowerCase() : press.key];
  // A slider takes no letters, but the keys that move it.
  const moves = press.key === ' ' || press.key.length > 1 || shortcut === 'share';
  const taken = press.path.some(
    ({ nodeName, isContentEditable, type }) =>
      isContentEditable ||
      (nodeName === 'INPUT' && type === 'range' ? moves : nodeName === 'INPUT') ||
      ['TEXTAREA', 'SELECT', 'DIALOG'].includes(nodeName) ||
      (press.key === ' ' && ['BUTTON', 'A', 'SUMMARY'].includes(nodeName)),
  );
  return taken ? undefined : shortcut;
}
