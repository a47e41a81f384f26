import { directorWords } from '../language/director.js';
import { isPublisher } from './cast.js';
import type { CastMember } from './cast.js';

/** What somebody, or what they share, is called on the page; `own` is the id of who directs. */
export function memberName(member: CastMember, own: string | null): string {
  const words = directorWords.value;
  const { guest, isScreen } = member;
  if (isScreen) return words.screenOf(guest.name);
  if (isPublisher(member)) return `${guest.name} (${words.publisher})`;
  return guest.id === own ? `${guest.name} (${words.you})` : guest.name;
}
