import type { Signal } from '@preact/signals';
import { useSignal } from '@preact/signals';
import { useLayoutEffect } from 'preact/hooks';
import { listenToHotkeys } from '../studio/hotkeys.js';
import type { Sources } from '../studio/sources.js';

/** Lets keys turn microphone and camera while the component is shown; the answer opens the list of keys. */
export function useHotkeys(sources: Sources): Signal<boolean> {
  const help = useSignal(false);
  // Before the next paint: a key that is pressed at once must be heard.
  useLayoutEffect(() => listenToHotkeys(sources, () => (help.value = true)), [sources]);
  return help;
}
