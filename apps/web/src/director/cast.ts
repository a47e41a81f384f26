import type { ArrangedGuest, Arrangement, PUBLISHER_GUEST, Stage, StageGuest } from '@weir/contract';

const SCREEN = '-screen';

/** The guest who is the channel's own publisher. */
export const PUBLISHER: typeof PUBLISHER_GUEST = 'publisher';

/** A camera or a shared screen that can be brought on air, as arrangements name it. */
export interface CastMember {
  readonly id: string;
  /** Whose it is. */
  readonly guest: StageGuest;
  readonly isScreen: boolean;
  /** How it is on air; undefined behind the stage. */
  readonly arranged: ArrangedGuest | undefined;
}

/** Everybody on a stage: who is on air, first to last, and who waits. */
export interface Cast {
  readonly onAir: readonly CastMember[];
  readonly backstage: readonly CastMember[];
}

/** Who is on air in an arrangement of a stage, and who waits behind it. */
export function castOf(stage: Stage, arrangement: Arrangement): Cast {
  const all = stage.guests.flatMap((guest): CastMember[] => [
    member(guest, guest.id, arrangement),
    ...(guest.sharesScreen ? [member(guest, guest.id + SCREEN, arrangement)] : []),
  ]);
  const onAir = arrangement.guests.flatMap(({ guest }) => all.find(({ id }) => id === guest) ?? []);
  return { onAir, backstage: all.filter(({ arranged }) => arranged === undefined) };
}

/** Whether it is the channel's own publisher, who came without joining and cannot be removed. */
export function isPublisher({ guest }: CastMember): boolean {
  return guest.id === PUBLISHER;
}

function member(guest: StageGuest, id: string, arrangement: Arrangement): CastMember {
  return { id, guest, isScreen: id !== guest.id, arranged: arrangement.guests.find((one) => one.guest === id) };
}
