import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Composition } from '@weir/contract';
import { getComposition } from '../api/compositions.js';

const REFRESH_MS = 1000;

/** How composing a recording's show again is, looked at every second while it goes on; `look` looks now. */
export function useComposition(id: string): {
  readonly composition: Composition | undefined;
  readonly look: () => Promise<void>;
} {
  const [composition, setComposition] = useState<Composition>();
  const isGoingOn = composition?.state === 'waiting' || composition?.state === 'composing';
  // A server that does not answer is asked again.
  const look = useCallback(async () => {
    const told = await getComposition(id).catch(() => undefined);
    if (told !== undefined) setComposition(told);
  }, [id]);
  useEffect(() => void look(), [look]);
  useEffect(() => {
    if (!isGoingOn) return;
    const timer = setInterval(() => !document.hidden && void look(), REFRESH_MS);
    return () => clearInterval(timer);
  }, [isGoingOn, look]);
  return { composition, look };
}
