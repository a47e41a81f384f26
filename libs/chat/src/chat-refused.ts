import type { ChatFault } from '@weir/contract';

/** Thrown when a request of a page is not granted; the page is told the fault. */
export class ChatRefused extends Error {
  readonly fault: ChatFault;

  constructor(code: ChatFault['code'], message: string, retryAfterMs?: number) {
    super(message);
    this.name = 'ChatRefused';
    this.fault = { code, message, ...(retryAfterMs !== undefined && { retryAfterMs: Math.ceil(retryAfterMs) }) };
  }
}
