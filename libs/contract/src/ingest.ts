import { z } from 'zod';

/** What may be wrong with what a publisher sends. */
export const IngestProblem = z.object({
  type: z.enum([
    'no-video',
    'no-audio',
    'b-frames',
    'long-key-frame-interval',
    'irregular-key-frames',
    'profile',
    'bitrate-low',
    'bitrate-high',
    'frame-rate-low',
    'loss',
    'above-1080p',
  ]),
  severity: z.enum(['info', 'warning', 'error']),
  /** The value measured, in words, such as `8.0 s`; empty where there is none. */
  found: z.string(),
});
export type IngestProblem = z.infer<typeof IngestProblem>;

/** Answer of `GET /api/channels/:name/ingest`, for who may publish there. */
export const IngestStatus = z.object({
  /** Where the publisher is: nobody, on its way, or sending. */
  state: z.enum(['waiting', 'connecting', 'live']),
  /** The name of its software where it tells one. */
  userAgent: z.string().nullable(),
  videoCodec: z.string().nullable(),
  audioCodec: z.string().nullable(),
  width: z.int().nullable(),
  height: z.int().nullable(),
  framesPerSecond: z.number().nullable(),
  bitrateBps: z.number().nullable(),
  keyFrameIntervalMs: z.number().nullable(),
  /** Lost on the way of the last seconds, 0 to 1. */
  loss: z.number().nullable(),
  /** Who watches, by transport: over WebRTC, and over HLS in the last ten seconds. */
  viewers: z.object({ realTime: z.int(), hls: z.int() }),
  problems: z.array(IngestProblem),
});
export type IngestStatus = z.infer<typeof IngestStatus>;
