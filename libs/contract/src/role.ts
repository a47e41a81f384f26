import { z } from 'zod';

/** What somebody is in a channel, mightiest first: each may do what those after it may. */
export const Role = z.enum(['owner', 'moderator', 'guest', 'viewer']);
export type Role = z.infer<typeof Role>;

/** What an API token may be good for. */
export const Scope = z.enum([
  'channels:read',
  'channels:write',
  'keys:write',
  'members:write',
  'recordings:read',
  'recordings:write',
  'chat:write',
  'chat:moderate',
  'stage:write',
  'server:read',
  'server:write',
]);
export type Scope = z.infer<typeof Scope>;
