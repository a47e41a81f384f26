import type { CloseReason } from '@weir/sfu';
import type { Log } from '@weir/telemetry';

/** How a session ended. */
export interface SessionEnd {
  readonly channel: string;
  readonly session: string;
  readonly reason: CloseReason;
  /** Unix milliseconds; undefined when it never connected. */
  readonly connectedAtMs: number | undefined;
}

/** Writes the one line of a session's end; one that was refused or given up before it connected is for debugging only. */
export function logEnd(log: Log, who: 'publisher' | 'subscriber', end: SessionEnd): void {
  const { channel, session, reason, connectedAtMs } = end;
  if (connectedAtMs !== undefined) {
    const seconds = Math.round((Date.now() - connectedAtMs) / 1000);
    log.info(`${who} left`, { channel, session, reason, seconds });
    return;
  }
  log.write(reason === 'client-left' ? 'debug' : 'info', `${who} never connected`, { channel, session, reason });
}
