import { z } from 'zod';

/** Body of `GET /livez` and `GET /readyz`; `readyz` has status 503 unless every check passed. */
export const Health = z.object({
  status: z.enum(['ok', 'unavailable']),
  checks: z.record(z.string(), z.boolean()),
});
export type Health = z.infer<typeof Health>;
