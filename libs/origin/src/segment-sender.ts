import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { type Answer, answerOf, headersFor, immutableSeconds, send } from './answer.js';
import type { TrackWindow } from './track-window.js';

const CHUNK_BYTES = 131_072;

/** Sends a finished segment, from memory or out of its file; `missing` when there is none. */
export async function sendSegment(
  response: ServerResponse,
  track: TrackWindow,
  segment: number,
  missing: Answer,
): Promise<void> {
  const shelved = track.segment(segment);
  if (shelved === undefined) return send(response, missing);
  if (shelved.kind === 'memory') {
    return send(response, answerOf(200, track.contentType, shelved.bytes, immutableSeconds));
  }
  const file = await shelved.open();
  if (file === undefined) return send(response, missing);
  const { headers } = answerOf(200, track.contentType, Buffer.alloc(0), immutableSeconds);
  headers['Content-Length'] = shelved.length;
  if (response.req.method === 'HEAD' || response.destroyed) {
    await file.close();
    return send(response, { status: 200, headers, body: Buffer.alloc(0) });
  }
  response.writeHead(200, headersFor(response, headers));
  // A client that leaves in the middle is no fault.
  await pipeline(file.createReadStream({ highWaterMark: CHUNK_BYTES }), response).catch(() => undefined);
}
