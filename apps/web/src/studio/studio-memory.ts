import type { Facing } from './capture.js';
import type { ChosenDevice } from './device-choice.js';
import { PICTURE_PRESETS } from '../media/publish-quality.js';
import type { PictureQuality, SoundQuality } from '../media/publish-quality.js';
import { recall, remember } from '../page/memory.js';

/** What the studio remembers on this computer. */
export interface StudioChoices {
  readonly camera?: ChosenDevice | undefined;
  readonly microphone?: ChosenDevice | undefined;
  readonly speaker?: ChosenDevice | undefined;
  /** Of a phone's cameras. */
  readonly facing?: Facing | undefined;
  readonly picture: PictureQuality;
  readonly sound: SoundQuality;
  /** The preview is shown as in a mirror, to oneself only. */
  readonly mirror: boolean;
  /** Counts down before it goes live. */
  readonly countdown: boolean;
}

/** Where choices are made: a guest shares the stage, and sends a smaller picture unless he chooses another. */
export type ChoicePlace = 'studio' | 'guest';

const DEFAULT_PICTURES: Readonly<Record<ChoicePlace, PictureQuality>> = { studio: '720p', guest: '540p' };

/** Reads what was chosen last time; the defaults when nothing readable is there. */
export function recallChoices(place: ChoicePlace): StudioChoices {
  const picture = DEFAULT_PICTURES[place];
  const defaults: StudioChoices = { picture, sound: 'voice', mirror: true, countdown: true };
  try {
    const told = { ...defaults, ...JSON.parse(recall(`weir.${place}`) ?? '{}') } as StudioChoices;
    return Object.hasOwn(PICTURE_PRESETS, told.picture) ? told : { ...told, picture };
  } catch {
    return defaults;
  }
}

/** Remembers the choices for the next visit. */
export function rememberChoices(place: ChoicePlace, choices: StudioChoices): void {
  remember(`weir.${place}`, JSON.stringify(choices));
}

/** Reads the stream key: from the link's fragment, which is then removed from sight, else from this tab's memory. */
export function recallKey(channel: string): string {
  const fragment = new URLSearchParams(location.hash.slice(1)).get('key');
  if (fragment !== null) {
    history.replaceState(null, '', location.pathname);
    rememberKey(channel, fragment);
  }
  return sessionStorage.getItem(`weir.key.${channel}`) ?? '';
}

/** Keeps the stream key until this tab is closed. */
export function rememberKey(channel: string, key: string): void {
  sessionStorage.setItem(`weir.key.${channel}`, key);
}
