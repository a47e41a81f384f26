import type { Log } from '@weir/telemetry';

const deadlineMs = 4500;

/** Ends the process cleanly at the first SIGTERM or SIGINT, within 5 seconds, and at once at the second. */
export function stopOnSignals(close: () => Promise<void>, log: Log): void {
  let stopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (stopping) process.exit(1);
    stopping = true;
    log.info('stopping', { signal });
    setTimeout(() => {
      log.warn('stopped before everything was closed');
      process.exit(1);
    }, deadlineMs).unref();
    close().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error('could not close', { err: error });
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}
