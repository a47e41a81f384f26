import type { ChosenDevice } from './device-choice.js';
import type { PictureQuality, SoundQuality } from '../media/publish-quality.js';

/** What the studio remembers on this computer. */
export interface StudioChoices {
  readonly camera?: ChosenDevice;
  readonly microphone?: ChosenDevice;
  readonly picture: PictureQuality;
  readonly sound: SoundQuality;
}

const CHOICES = 'weir.studio';
const DEFAULT_CHOICES: StudioChoices = { picture: '720p', sound: 'voice' };

/** Reads what was chosen last time; the defaults when nothing readable is there. */
export function recallChoices(): StudioChoices {
  try {
    return { ...DEFAULT_CHOICES, ...JSON.parse(localStorage.getItem(CHOICES) ?? '{}') };
  } catch {
    return DEFAULT_CHOICES;
  }
}

/** Remembers the choices for the next visit. */
export function rememberChoices(choices: StudioChoices): void {
  localStorage.setItem(CHOICES, JSON.stringify(choices));
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
