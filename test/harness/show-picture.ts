import { type Layer, place, type Rect, type Scene, type Size } from '@weir/stage';
import type { Rgb } from './show-cast.js';

/** A picture of one colour: what a guest or an image looks like. */
export interface PlainPicture {
  readonly colour: Rgb;
  readonly size: Size;
}

/** A decoded picture, three bytes a pixel. */
export interface RgbPicture extends Size {
  readonly rgb: Uint8Array;
}

/** What a scene should look like: the pictures of its guests and images by name. */
export interface PictureCheck {
  readonly scene: Scene;
  readonly pictures: Readonly<Record<string, PlainPicture>>;
}

/** Pixels along an edge that coding and scaling may blur. */
const BLUR = 6;
const NEAR = 70;
const LEAST_COVERED = 0.93;
const MOST_STRAY = 0.01;
const BRIGHT = 170;
const DARK = 90;
const LEAST_WRITING = 0.008;
const LEAST_SHADE = 0.15;
const NOBODY = '';

interface Painted {
  readonly owner: string;
  readonly rect: Rect;
}

/** What differs between a picture and the scene that it should show, a sentence each: rectangles by colour, texts by their being there. */
export function pictureFaults(picture: RgbPicture, { scene, pictures }: PictureCheck): string[] {
  const { width, height } = scene.canvas;
  if (picture.width !== width || picture.height !== height)
    return [`the picture is ${picture.width}x${picture.height}, the canvas ${width}x${height}`];
  const painted = scene.layers.flatMap((layer) => paintedBy(layer, pictures));
  return [...colourFaults(picture, painted, pictures), ...scene.layers.flatMap((layer) => textFaults(picture, layer))];
}

/** Which of these colours a colour is: the nearest, undefined when none is near. */
export function nameOfColour(colour: Rgb, colours: Readonly<Record<string, Rgb>>): string | undefined {
  let [best, least]: [string | undefined, number] = [undefined, NEAR];
  for (const [name, [red, green, blue]] of Object.entries(colours)) {
    const distance = Math.hypot(colour[0] - red, colour[1] - green, colour[2] - blue);
    if (distance < least) [best, least] = [name, distance];
  }
  return best;
}

function paintedBy({ id, source, rect, fit }: Layer, pictures: PictureCheck['pictures']): Painted[] {
  const name = source.type === 'guest' ? source.guest : source.type === 'image' ? source.image : undefined;
  const plain = name === undefined ? undefined : pictures[name];
  if (name === undefined || plain === undefined) return [{ owner: `~${id}`, rect }];
  return [{ owner: name, rect: place(plain.size, rect, fit).to }];
}

function colourFaults(picture: RgbPicture, painted: readonly Painted[], pictures: PictureCheck['pictures']): string[] {
  const owners = [NOBODY, ...new Set(painted.map(({ owner }) => owner))];
  const map = ownerMap(picture, painted, owners);
  const colours = Object.fromEntries(Object.entries(pictures).map(([name, { colour }]) => [name, colour]));
  const counts = owners.map(() => ({ pixels: 0, seen: new Map<string, number>() }));
  for (let y = BLUR; y < picture.height - BLUR; y += 2) {
    for (let x = BLUR; x < picture.width - BLUR; x += 2) {
      const at = y * picture.width + x;
      const owner = map[at]!;
      if (!isInside(map, picture.width, at, owner)) continue;
      const count = counts[owner]!;
      count.pixels += 1;
      const { rgb } = picture;
      const name = nameOfColour([rgb[3 * at]!, rgb[3 * at + 1]!, rgb[3 * at + 2]!], colours);
      if (name !== undefined) count.seen.set(name, (count.seen.get(name) ?? 0) + 1);
    }
  }
  return owners.flatMap((owner, index) => ownerFaults(owner, counts[index]!));
}

function ownerFaults(owner: string, { pixels, seen }: { pixels: number; seen: Map<string, number> }): string[] {
  // A text lies on whatever is below it.
  const isText = owner.startsWith('~') && !/^~(card|slate)/.test(owner);
  if (pixels === 0 || isText) return [];
  const place = owner === NOBODY ? 'where nobody should be' : `in the place of ${owner}`;
  const stray = [...seen].filter(([name, count]) => name !== owner && count / pixels > MOST_STRAY);
  const faults = stray.map(([name, count]) => `${name} is seen ${place} (${percent(count / pixels)})`);
  const covered = (seen.get(owner) ?? 0) / pixels;
  const isPlain = owner !== NOBODY && !owner.startsWith('~');
  return isPlain && covered < LEAST_COVERED ? [...faults, `${owner} fills ${percent(covered)} of its place`] : faults;
}

function ownerMap({ width, height }: Size, painted: readonly Painted[], owners: readonly string[]): Uint8Array {
  const map = new Uint8Array(width * height);
  for (const { owner, rect } of painted) {
    const value = owners.indexOf(owner);
    const [left, right] = [Math.max(0, rect.x), Math.min(width, rect.x + rect.width)];
    for (let y = Math.max(0, rect.y); y < Math.min(height, rect.y + rect.height); y += 1)
      map.fill(value, y * width + left, y * width + right);
  }
  return map;
}

function isInside(map: Uint8Array, width: number, at: number, owner: number): boolean {
  for (const down of [-BLUR, 0, BLUR])
    for (const across of [-BLUR, 0, BLUR]) if (map[at + down * width + across] !== owner) return false;
  return true;
}

function textFaults(picture: RgbPicture, { id, source, rect }: Layer): string[] {
  if (source.type === 'slate') {
    const { bright } = shares(picture, rect);
    return bright === 0 ? [`nothing is written on ${id}`] : [];
  }
  if (source.type !== 'text' || source.style === 'placard') return [];
  const beginning = { ...rect, width: Math.min(rect.width, 2 * rect.height) };
  const { bright, dark } = shares(picture, beginning);
  const isThere = bright >= LEAST_WRITING && dark >= LEAST_SHADE;
  return isThere ? [] : [`${id} is not there (${percent(bright)} bright, ${percent(dark)} dark)`];
}

/** Shares of a rectangle's pixels that are nearly white, and that are dark. */
function shares(picture: RgbPicture, { x, y, width, height }: Rect): { bright: number; dark: number } {
  const { rgb } = picture;
  let [bright, dark] = [0, 0];
  for (let row = y; row < y + height; row += 1) {
    for (let column = x; column < x + width; column += 1) {
      const at = 3 * (row * picture.width + column);
      if (Math.min(rgb[at]!, rgb[at + 1]!, rgb[at + 2]!) > BRIGHT) bright += 1;
      if (Math.max(rgb[at]!, rgb[at + 1]!, rgb[at + 2]!) < DARK) dark += 1;
    }
  }
  return { bright: bright / (width * height), dark: dark / (width * height) };
}

function percent(share: number): string {
  return `${Math.round(1000 * share) / 10} %`;
}
