import { useEffect, useState } from 'preact/hooks';

const ASK_AGAIN_MS = 3000;

/** A part that is loaded when it is needed for the first time; undefined until it is there. */
export function useLoaded<Part>(needed: boolean, load: () => Promise<Part>): Part | undefined {
  const [part, setPart] = useState<Part>();
  const [tries, setTries] = useState(0);
  const wanted = needed && part === undefined;
  useEffect(() => {
    if (!wanted) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    load().then(
      (loaded) => setPart(() => loaded),
      () => (timer = setTimeout(() => setTries(tries + 1), ASK_AGAIN_MS)),
    );
    return () => clearTimeout(timer);
  }, [wanted, tries]);
  return part;
}
