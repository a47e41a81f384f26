import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';

/** A request that is written as it is told, without what fetch adds or forbids. */
export interface RawRequest {
  readonly method: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Leaves the request open after the body. */
  readonly neverEnds?: boolean;
}

/** A response with its headers line by line. */
export interface RawResponse {
  readonly status: number;
  readonly body: string;
  /** The value of a header; undefined when it is absent. */
  header(name: string): string | undefined;
  /** The values of all lines of a header. */
  headerLines(name: string): string[];
}

/** Sends one request on a connection of its own and reads the whole response. */
export async function rawRequest(url: string, { method, headers, body, neverEnds }: RawRequest): Promise<RawResponse> {
  const sent = request(url, { method, headers: { ...headers }, agent: false });
  if (body !== undefined) sent.write(body);
  if (neverEnds === true) sent.flushHeaders();
  else sent.end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  const text = (await response.setEncoding('utf8').toArray()).join('');
  sent.destroy();
  const lines = Array.from({ length: response.rawHeaders.length / 2 }, (_, index) => ({
    name: response.rawHeaders[index * 2]?.toLowerCase(),
    value: response.rawHeaders[index * 2 + 1] ?? '',
  }));
  return {
    status: response.statusCode ?? 0,
    body: text,
    header: (name) => lines.find((line) => line.name === name.toLowerCase())?.value,
    headerLines: (name) => lines.filter((line) => line.name === name.toLowerCase()).map((line) => line.value),
  };
}
