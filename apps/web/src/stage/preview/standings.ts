import type { Stage } from '@weir/contract';
import type { StageStanding } from '@weir/stage';

/** What is known of a guest's pictures. */
export interface GuestPictures {
  /** Whether there is one to show. */
  has(guest: string): boolean;
  /** Since the last one. */
  ageMs(guest: string): number;
}

const SCREEN = '-screen';

/** How those on a stage are doing, as its preview sees them. */
export function standingsOf({ guests }: Stage, onAir: readonly string[], pictures: GuestPictures): StageStanding[] {
  return onAir.flatMap((name): StageStanding[] => {
    const isScreen = name.endsWith(SCREEN);
    const id = isScreen ? name.slice(0, -SCREEN.length) : name;
    const guest = guests.find((one) => one.id === id);
    const isThere = guest !== undefined && (isScreen ? guest.sharesScreen : guest.connected);
    if (!isThere) return [];
    const hasPicture = pictures.has(name);
    return [{ name, isGone: false, silentMs: 0, hasPicture, pictureAgeMs: pictures.ageMs(name) }];
  });
}
