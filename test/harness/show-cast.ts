import type { Size } from '@weir/stage';

/** Red, green and blue, 0 to 255. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** What a guest of a scripted show is known by. */
export interface ShowLooks {
  /** As it calls itself, and its label. */
  readonly name: string;
  readonly colour: Rgb;
  /** Of its screen, when it shares one. */
  readonly screen: Rgb;
  /** Of its tone. */
  readonly hertz: number;
  readonly size: Size;
  /** Such as `video/VP8`. */
  readonly codec: string;
}

/** Of every guest's tone, 0 to 1. */
export const TONE_LEVEL = 0.15;

/** Of a shared screen. */
export const SCREEN_SIZE: Size = { width: 640, height: 360 };

/** Four guests that can be told apart by eye and ear; one has an old camera, one an upright phone. */
export const SHOW_CAST = {
  anna: look('Anna', [208, 32, 32], 440, { width: 320, height: 180 }, 'video/H264'),
  bert: look('Bert', [32, 192, 48], 700, { width: 320, height: 180 }, 'video/VP8'),
  cleo: look('Cleo', [48, 64, 224], 1100, { width: 320, height: 240 }, 'video/H264'),
  dirk: look('Dirk', [208, 192, 32], 1700, { width: 180, height: 320 }, 'video/VP8'),
} as const;

/** One of the four. */
export type ShowName = keyof typeof SHOW_CAST;

/** All four, in the order in which they come. */
export const SHOW_NAMES = Object.keys(SHOW_CAST) as readonly ShowName[];

/** Images of the show's channel, of one colour each. */
export const SHOW_IMAGES = {
  logo: { colour: [224, 48, 208], size: { width: 120, height: 60 } },
  wall: { colour: [16, 112, 128], size: { width: 320, height: 180 } },
} as const satisfies Readonly<Record<string, { readonly colour: Rgb; readonly size: Size }>>;

/** As CSS writes it. */
export function cssColour([red, green, blue]: Rgb): string {
  return `rgb(${red} ${green} ${blue})`;
}

function look(name: string, colour: Rgb, hertz: number, size: Size, codec: string): ShowLooks {
  return { name, colour, screen: [160, 96, 255], hertz, size, codec };
}
