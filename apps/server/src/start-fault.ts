import { DatabaseTooNew, DatabaseUnavailable } from '@weir/store';
import { ConfigInvalid } from './config-source.js';
import { TlsUnusable } from './tls.js';

/** Why the server could not start, for the person at the terminal. */
export function startFault(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ([ConfigInvalid, DatabaseTooNew, TlsUnusable].some((kind) => error instanceof kind)) return error.message;
  if (error instanceof DatabaseUnavailable) {
    return `The database that DATABASE_URL names cannot be used: ${reasonOf(error.cause)}. Start it, or correct DATABASE_URL.`;
  }
  const { code, syscall, port } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE') {
    const [transport, key] = syscall === 'bind' ? ['UDP', 'WEIR_RTC_PORT'] : ['TCP', 'WEIR_HTTP_PORT'];
    return `${transport} port ${port} is in use: stop what uses it, or set ${key} to another one.`;
  }
  if (code === 'EACCES') return `${error.message}: choose another port or directory, or give the right to it.`;
  return error.stack ?? error.message;
}

function reasonOf(cause: unknown): string {
  // a name with several addresses was tried at each
  const [first] = cause instanceof AggregateError ? (cause.errors as unknown[]) : [cause];
  return first instanceof Error ? first.message : String(first);
}
