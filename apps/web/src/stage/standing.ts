import type { Stage } from '@weir/contract';

/** Where somebody stands: behind the stage, on it before the show, seen or heard by viewers, or on it behind a card. */
export type Standing = 'off-stage' | 'waiting' | 'on-air' | 'covered';

/** Where a guest, or a shared screen, stands on a stage. */
export function standingOf(stage: Stage | undefined, guest: string | null | undefined): Standing {
  if (stage?.arrangement.guests.some((one) => one.guest === guest) !== true) return 'off-stage';
  if (!stage.live) return 'waiting';
  return stage.arrangement.card === null ? 'on-air' : 'covered';
}
