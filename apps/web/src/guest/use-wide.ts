import { useState } from 'preact/hooks';

/** Whether something is shown: at first on a wide screen only, then as it is chosen. */
export function useWide(): [boolean, (isShown: boolean) => void] {
  return useState(() => matchMedia('(min-width: 900px)').matches);
}
