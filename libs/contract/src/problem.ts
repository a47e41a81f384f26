import { z } from 'zod';

/** Body of every answer from 400 up, sent as `application/problem+json` (RFC 9457 3). */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int().min(400).max(599),
  /** What was wrong and what to do about it. */
  detail: z.string().optional(),
});
export type Problem = z.infer<typeof Problem>;
