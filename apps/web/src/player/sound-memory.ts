import { recall, remember } from '../page/memory.js';

/** How loud a viewer listens: `volume` from 0 to 1. */
export interface SoundChoice {
  readonly muted: boolean;
  readonly volume: number;
}

const MEMORY = 'weir.sound';

/** Reads the last choice; muted at full volume when there is none. */
export function recallSound(): SoundChoice {
  const [sign, volume] = (recall(MEMORY) ?? 'off 1').split(' ');
  const level = Number(volume);
  return { muted: sign !== 'on', volume: level >= 0 && level <= 1 ? level : 1 };
}

/** Remembers the choice for the next stream. */
export function rememberSound({ muted, volume }: SoundChoice): void {
  remember(MEMORY, `${muted ? 'off' : 'on'} ${volume}`);
}
