import { setTimeout as pause } from 'node:timers/promises';

/** A condition did not come true in time. */
export class NeverTrue extends Error {
  override readonly name = 'NeverTrue';
}

/** How to wait: `what` completes "waited for …"; defaults are 30 s in steps of 50 ms. */
export interface UntilOptions {
  readonly what: string;
  readonly timeoutMs?: number;
  readonly everyMs?: number;
}

/** Asks again and again until the answer is truthy, and returns it; for states of another process that no event tells. */
export async function until<T>(ask: () => T | Promise<T>, options: UntilOptions): Promise<NonNullable<T>> {
  const deadline = performance.now() + (options.timeoutMs ?? 30_000);
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (performance.now() > deadline) throw new NeverTrue(`Waited for ${options.what} in vain.`);
    await pause(options.everyMs ?? 50);
  }
}
