import { IncomingMessage, ServerResponse, STATUS_CODES } from 'node:http';
import { Socket } from 'node:net';
import { Writable } from 'node:stream';
import type { Answer } from './answer.js';

/** What Node keeps of a response and has no method for: the head, as text, that goes out before the body. */
interface WithHead {
  _header: string;
}

/** An answer whose body is text, head and all as one text that Node can send to many without making it anew; good for a second, as it has the date. */
export function prepare({ status, headers, text = '' }: Answer): string {
  const lines = Object.entries({ ...headers, Date: new Date().toUTCString() }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  const whole = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('\r\n')}\r\n\r\n${text}`;
  // In one piece and one byte a character: otherwise each sending would first have to make it so.
  return Buffer.from(whole, 'latin1').toString('latin1');
}

/** Sends a prepared text; false when this response is not one that it fits. */
export function sendPrepared(response: ServerResponse, prepared: string): boolean {
  const { req } = response;
  const fits = isTried && req.httpVersion === '1.1' && req.method === 'GET' && response.shouldKeepAlive;
  if (!fits || response.headersSent || response.destroyed) return false;
  if (response.hasHeader('connection') || response.hasHeader('cache-control')) return false;
  put(response, prepared);
  return true;
}

function put(response: ServerResponse, prepared: string): void {
  (response as unknown as WithHead)._header = prepared;
  response.end();
}

const isTried = tryOut();

/** Whether this version of Node sends such a text and nothing else. */
function tryOut(): boolean {
  const probe = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK';
  let written = '';
  const sink = new Writable({
    decodeStrings: false,
    write: (chunk: string | Buffer, _encoding, done) => {
      written += chunk.toString('latin1');
      done();
    },
  });
  try {
    const request = new IncomingMessage(new Socket());
    [request.httpVersionMajor, request.httpVersionMinor] = [1, 1];
    const response = new ServerResponse(request);
    if (!('_header' in response)) return false;
    response.assignSocket(sink as Socket);
    put(response, probe);
    return written === probe && response.writableEnded && response.headersSent;
  } catch {
    return false;
  }
}
