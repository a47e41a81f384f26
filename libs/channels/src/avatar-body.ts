import type { IncomingMessage } from 'node:http';

/** Thrown when a picture is larger than an avatar may be. */
export class AvatarTooLarge extends Error {
  constructor(maxBytes: number) {
    super(`The picture is larger than ${maxBytes / 1024} KiB.`);
    this.name = 'AvatarTooLarge';
  }
}

/** Thrown when a picture took too long to arrive, or broke off. */
export class AvatarIncomplete extends Error {
  constructor() {
    super('The picture did not arrive in time.');
    this.name = 'AvatarIncomplete';
  }
}

/** Reads the bytes of a picture, and leaves the rest of one that is too large; rejects with AvatarTooLarge or AvatarIncomplete. */
export function readAvatarBody(request: IncomingMessage, maxBytes: number, timeoutMs: number): Promise<Uint8Array> {
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
      if (total > maxBytes) settle(new AvatarTooLarge(maxBytes));
      else chunks.push(chunk);
    };
    const onEnd = (): void => settle();
    const onClose = (): void => settle(new AvatarIncomplete());
    const timer = setTimeout(onClose, timeoutMs);
    if (Number(request.headers['content-length'] ?? 0) > maxBytes) settle(new AvatarTooLarge(maxBytes));
    else if (request.complete && request.readableEnded) settle();
    else request.on('data', onData).on('end', onEnd).on('close', onClose).on('error', onClose);
  });
}
