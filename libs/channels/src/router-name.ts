import { PUBLISHER_GUEST } from '@weir/contract';

const PROGRAM = 'program';

/** The router of a guest's media: the channel's own for its publisher, else one that no channel can have the name of. */
export function guestRouter(channel: string, guest: string): string {
  return guest === PUBLISHER_GUEST ? channel : `${channel}/${guest}`;
}

/** The router of a channel's composed program. */
export function programRouter(channel: string): string {
  return `${channel}/${PROGRAM}`;
}
