import { type OutgoingHttpHeaders, type ServerResponse, STATUS_CODES } from 'node:http';

/** A whole HTTP response, made once for all who ask the same. */
export interface Answer {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer;
  /** The body once more, each byte a character: Node sends it together with the head, in one call of the system. */
  readonly text?: string;
}

/** How long caches keep what never changes under its name, seconds. */
export const immutableSeconds = 3600;

const everywhere = {
  'Access-Control-Allow-Origin': '*',
  // draft-pantos-hls-rfc8216bis-22 appendix B: players tune in by the age of what caches have.
  'Access-Control-Expose-Headers': 'Date, Age',
  'X-Content-Type-Options': 'nosniff',
} as const;

/** A response that caches may keep for `maxAgeSeconds`. */
export function answerOf(status: number, contentType: string, body: Buffer, maxAgeSeconds: number): Answer {
  const headers = {
    ...everywhere,
    'Content-Type': contentType,
    'Content-Length': body.length,
    'Cache-Control': `max-age=${maxAgeSeconds}`,
  };
  return { status, headers, body };
}

/** An error as `application/problem+json`; kept by caches for `maxAgeSeconds`, by none when that is 0. */
export function refusal(status: number, detail: string, maxAgeSeconds: number): Answer {
  const problem = { type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, detail };
  const body = Buffer.from(JSON.stringify(problem));
  const { headers } = answerOf(status, 'application/problem+json', body, maxAgeSeconds);
  if (maxAgeSeconds === 0) headers['Cache-Control'] = 'no-store';
  if (status === 429 || status === 503) headers['Retry-After'] = '2';
  return { status, headers, body };
}

/** The answer to a browser that asks what it may send. */
export const preflight: Answer = {
  status: 204,
  headers: {
    ...everywhere,
    Allow: 'GET, HEAD, OPTIONS',
    'Access-Control-Allow-Methods': 'GET, HEAD, OPTIONS',
    'Access-Control-Allow-Headers': '*',
    'Access-Control-Allow-Private-Network': 'true',
    'Access-Control-Max-Age': '86400',
  },
  body: Buffer.alloc(0),
};

/** From now on no cache between may keep what this response is answered with. */
export function keepPrivate(response: ServerResponse): void {
  response.setHeader('Cache-Control', 'private');
}

/** The headers of an answer as this response may have them. */
export function headersFor(response: ServerResponse, headers: OutgoingHttpHeaders): OutgoingHttpHeaders {
  if (!response.hasHeader('cache-control')) return headers;
  return { ...headers, 'Cache-Control': `private, ${String(headers['Cache-Control'])}` };
}

/** Sends a response; nothing happens when the client is gone. */
export function send(response: ServerResponse, { status, headers, body, text }: Answer): void {
  if (response.destroyed || response.headersSent) return;
  response.writeHead(status, headersFor(response, headers));
  if (text === undefined) response.end(body);
  else response.end(text, 'latin1');
}
