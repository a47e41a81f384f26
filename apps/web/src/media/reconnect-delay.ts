const DELAYS_MS = [0, 300, 1200, 2700, 4800, 7000];
const JITTER_MS = 1000;

/** Milliseconds to wait before attempt number `attempt` (0 is the first); `random` is in [0, 1) and spreads the later ones. */
export function reconnectDelayMs(attempt: number, random: number): number {
  const delay = DELAYS_MS[Math.min(attempt, DELAYS_MS.length - 1)] ?? 0;
  return attempt < 2 ? delay : delay + random * JITTER_MS;
}

/** Milliseconds to wait when a server named its own time; between 0.5 s and 30 s, spread by up to a fifth. */
export function politeDelayMs(retryAfterMs: number, random: number): number {
  return Math.min(30_000, Math.max(500, retryAfterMs)) * (0.9 + random * 0.2);
}
