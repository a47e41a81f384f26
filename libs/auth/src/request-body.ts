import type { IncomingMessage } from 'node:http';

/** Thrown when a body is longer than allowed. */
export class BodyTooLarge extends Error {
  constructor(maxBytes: number) {
    super(`The body is longer than ${maxBytes} bytes.`);
    this.name = 'BodyTooLarge';
  }
}

/** Thrown when a body took too long to arrive, or broke off. */
export class BodyIncomplete extends Error {
  constructor() {
    super('The body did not arrive in time.');
    this.name = 'BodyIncomplete';
  }
}

/** Reads a request's body as UTF-8; rejects with BodyTooLarge or BodyIncomplete. */
export async function readBody(request: IncomingMessage, maxBytes: number, timeoutMs: number): Promise<string> {
  return (await readBytes(request, maxBytes, timeoutMs)).toString('utf8');
}

/** Reads a request's body, and leaves the rest of one that is too long; rejects with BodyTooLarge or BodyIncomplete. */
export function readBytes(request: IncomingMessage, maxBytes: number, timeoutMs: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let total = 0;
    const settle = (error?: Error): void => {
      clearTimeout(timer);
      request.off('data', onData).off('end', onEnd).off('close', onClose).off('error', onClose);
      if (error === undefined) resolve(Buffer.concat(chunks));
      else reject(error);
    };
    const onData = (chunk: Buffer): void => {
      total += chunk.length;
      if (total > maxBytes) settle(new BodyTooLarge(maxBytes));
      else chunks.push(chunk);
    };
    const onEnd = (): void => settle();
    const onClose = (): void => settle(new BodyIncomplete());
    const timer = setTimeout(onClose, timeoutMs);
    if (Number(request.headers['content-length'] ?? 0) > maxBytes) settle(new BodyTooLarge(maxBytes));
    else if (request.complete && request.readableEnded) settle();
    else request.on('data', onData).on('end', onEnd).on('close', onClose).on('error', onClose);
  });
}
