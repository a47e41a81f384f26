import { guestRouter } from '@weir/channels';
import { type Guest, type GuestSource, screenOf } from './guest.js';

/** The router of what a guest sends. */
export function routerOf({ channel, id }: Guest, source: GuestSource): string {
  return guestRouter(channel, source === 'screen' ? screenOf(id) : id);
}
