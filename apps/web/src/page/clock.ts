import { useEffect, useState } from 'preact/hooks';

/** The time in milliseconds, renewed each second while the component is shown. */
export function useClock(): number {
  const [nowMs, setNowMs] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return nowMs;
}
