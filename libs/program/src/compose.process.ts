import { setPriority } from 'node:os';
import type { ComposeOptions, ComposeReport } from './compose-options.js';
import { composeShow } from './compose-show.js';

const NICENESS = 10;

function report(told: ComposeReport, sent?: () => void): void {
  if (process.connected) process.send?.(told, undefined, undefined, () => sent?.());
}

async function compose(options: ComposeOptions): Promise<void> {
  let last: ComposeReport = { type: 'done' };
  try {
    await composeShow(options, report);
  } catch (error) {
    last = { type: 'failed', reason: (error as Error).message };
  }
  report(last, () => {
    if (process.connected) process.disconnect?.();
  });
}

try {
  // What is live goes first; its ffmpegs inherit this.
  setPriority(NICENESS);
} catch {
  // This system does not let us.
}

process.once('message', (options: ComposeOptions) => void compose(options));

// Whoever started it is gone or has had enough; its ffmpegs go with it.
process.on('disconnect', () => process.exit());

// A signal for the whole group is for the server process, which ends this one.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
