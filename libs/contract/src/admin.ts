import { z } from 'zod';

/** Body of `POST /api/admin/token`: the code of the one-time admin link `/admin#code=...`. */
export const RedeemAdminCode = z.strictObject({
  code: z.string().min(1).max(200),
});
export type RedeemAdminCode = z.infer<typeof RedeemAdminCode>;

/** Answer of `POST /api/admin/token`: the admin token, told this once. */
export const AdminAccess = z.object({
  token: z.string(),
});
export type AdminAccess = z.infer<typeof AdminAccess>;
