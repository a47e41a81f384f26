import type { IncomingMessage } from 'node:http';
import { readBody } from '@weir/auth';

/** Thrown when a body that must be JSON is none. */
export class BodyMalformed extends Error {
  constructor() {
    super('The body must be JSON, with Content-Type application/json.');
    this.name = 'BodyMalformed';
  }
}

const maxBytes = 65_536;

/** Reads a JSON body; undefined when it is empty. Throws BodyMalformed, BodyTooLarge or BodyIncomplete. */
export async function readJsonBody(request: IncomingMessage, timeoutMs: number): Promise<unknown> {
  const body = await readBody(request, maxBytes, timeoutMs);
  if (body === '') return undefined;
  if (!/^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? '')) throw new BodyMalformed();
  try {
    return JSON.parse(body) as unknown;
  } catch {
    throw new BodyMalformed();
  }
}
