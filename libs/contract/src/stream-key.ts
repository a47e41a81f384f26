import { z } from 'zod';

/** Body of `POST /api/channels/:name/keys`; the whole body may be left out. */
export const CreateStreamKey = z.strictObject({
  label: z.string().trim().max(100).optional(),
});
export type CreateStreamKey = z.infer<typeof CreateStreamKey>;

/** Answer of `POST /api/channels/:name/keys`; the only time that `key` is told. */
export const CreatedStreamKey = z.object({
  id: z.string(),
  key: z.string(),
  label: z.string(),
});
export type CreatedStreamKey = z.infer<typeof CreatedStreamKey>;

/** A stream key without its value, as `GET /api/channels/:name/keys` lists it; times are ISO 8601. */
export const StreamKeySummary = z.object({
  id: z.string(),
  label: z.string(),
  createdAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable(),
  revokedAt: z.iso.datetime().nullable(),
  /** Good for nothing while who made it, or every owner of the channel, is disabled or no owner of it. */
  resting: z.boolean(),
});
export type StreamKeySummary = z.infer<typeof StreamKeySummary>;

/** Answer of `GET /api/channels/:name/keys`, oldest first. */
export const StreamKeyList = z.array(StreamKeySummary);
export type StreamKeyList = z.infer<typeof StreamKeyList>;
