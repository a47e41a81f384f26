import { recall, remember } from '../page/memory.js';

const MEMORY = 'weir.no-real-time';
const LASTS_MS = 3_600_000;

interface NetworkTold {
  readonly connection?: { readonly type?: string };
}

/**
 * Whether real time failed on this network within the last hour. Browsers tell at most what kind of network it is; that it is another one
 * of the same kind is found out by the next try of real time, which comes soon after the start.
 */
export function failedOnThisNetwork(nowMs: number): boolean {
  const [untilMs, kind] = (recall(MEMORY) ?? '').split(' ');
  return Number(untilMs) > nowMs && Number(untilMs) <= nowMs + LASTS_MS && kind === kindOfNetwork();
}

/** Remembers for an hour that real time failed here, or forgets it because it works. */
export function rememberNetwork(failed: boolean, nowMs: number): void {
  remember(MEMORY, failed ? `${nowMs + LASTS_MS} ${kindOfNetwork()}` : null);
}

function kindOfNetwork(): string {
  return (navigator as NetworkTold).connection?.type ?? 'any';
}
