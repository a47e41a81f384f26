import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ComposeOptions, ComposeReport } from './compose-options.js';

/** A show could not be composed again; the message says why. */
export class ComposeFailed extends Error {
  override readonly name = 'ComposeFailed';
}

const ENTRY = fileURLToPath(new URL('./compose.process.js', import.meta.url));

/**
 * Composes a show again in a process of its own, which gives way to all others; resolves when all of it was reported, rejects with ComposeFailed or
 * with the signal's reason. Bytes in a report belong to the listener.
 */
export async function compose(
  options: ComposeOptions,
  report: (report: ComposeReport) => void,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  const child = fork(ENTRY, [], {
    serialization: 'advanced',
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  let last: ComposeReport | undefined;
  let fault: string | undefined;
  child.on('error', (error) => (fault ??= error.message));
  child.on('message', (told: ComposeReport) => {
    if (told.type === 'done' || told.type === 'failed') last = told;
    if (!signal.aborted) report(owned(told));
  });
  const abort = (): void => void child.kill('SIGKILL');
  if (child.pid === undefined) throw new ComposeFailed('it could not be started');
  signal.addEventListener('abort', abort, { once: true });
  child.send(options, () => undefined);
  const [code, killed] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  if (child.connected) await once(child, 'disconnect');
  signal.removeEventListener('abort', abort);
  signal.throwIfAborted();
  if (last?.type === 'done') return;
  throw new ComposeFailed(last?.type === 'failed' ? last.reason : (fault ?? `its process ended (${killed ?? code})`));
}

/** Bytes of a message are a view of everything that came with it; what is kept must not keep that. */
function owned(report: ComposeReport): ComposeReport {
  if (report.type === 'part') return { ...report, part: { ...report.part, bytes: new Uint8Array(report.part.bytes) } };
  if (report.type !== 'track') return report;
  const { init } = report.track;
  return { ...report, track: { ...report.track, init: { ...init, bytes: new Uint8Array(init.bytes) } } };
}
