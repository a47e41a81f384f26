import type { ChatFault } from '@weir/contract';

/** Why something was not done: a fault that the server told, or `unanswered` when it told nothing. */
export interface Trouble {
  readonly code: ChatFault['code'] | 'unanswered';
  readonly retryAfterMs?: number | undefined;
}

/** Whether the same may be tried again as it is. */
export function mayRetry({ code }: Trouble): boolean {
  return ['unanswered', 'internal', 'slow-mode', 'too-fast', 'not-joined', 'not-allowed', 'name-needed'].includes(code);
}
