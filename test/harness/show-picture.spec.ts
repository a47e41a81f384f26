import { arrangedScene, type Arrangement, place, type Scene } from '@weir/stage';
import { describe, expect, it } from 'vitest';
import { arrangementOf } from './program-guests.js';
import { type Rgb, SHOW_CAST, SHOW_IMAGES } from './show-cast.js';
import { nameOfColour, pictureFaults, type PlainPicture, type RgbPicture } from './show-picture.js';

const canvas = { width: 640, height: 360 };
const pictures: Readonly<Record<string, PlainPicture>> = { ...SHOW_CAST, ...SHOW_IMAGES };
const WHITE: Rgb = [255, 255, 255];
const SHADE: Rgb = [40, 40, 50];

function sceneOf(arrangement: Arrangement): Scene {
  const guests = arrangement.guests.map(({ guest }) => ({ guest, hasPicture: true, isStalled: false }));
  return arrangedScene({ arrangement, guests, speaker: undefined, canvas, slateTitle: 'Show' });
}

/** What a program that is right shows, moved by some pixels or with some layers left out. */
function drawn(scene: Scene, { moved = 0, without = '' } = {}): RgbPicture {
  const rgb = new Uint8Array(3 * canvas.width * canvas.height).fill(14);
  const fill = (x: number, y: number, width: number, height: number, colour: Rgb): void => {
    for (let row = Math.max(0, y); row < Math.min(canvas.height, y + height); row += 1)
      for (let column = Math.max(0, x); column < Math.min(canvas.width, x + width); column += 1)
        rgb.set(colour, 3 * (row * canvas.width + column));
  };
  for (const { id, source, rect, fit } of scene.layers) {
    if (id === without) continue;
    if (source.type === 'text' || source.type === 'slate') {
      fill(rect.x, rect.y, Math.min(rect.width, 3 * rect.height), rect.height, SHADE);
      fill(rect.x + 8, rect.y + 4, 20, 2, WHITE);
      continue;
    }
    const { colour, size } = pictures[source.type === 'guest' ? source.guest : source.image]!;
    const { to } = place(size, rect, fit);
    fill(to.x + moved, to.y, to.width, to.height, colour);
  }
  return { ...canvas, rgb };
}

const layouts = ['auto', 'solo', 'side-by-side', 'grid', 'spotlight', 'picture-in-picture', 'screen'] as const;
const all = ['anna', 'bert', 'cleo', 'dirk'].map((guest) => ({ guest, label: guest }));

describe('pictureFaults', () => {
  it.each(layouts)('finds nothing wrong with what a scene of the layout %s looks like', (layout) => {
    const change = { layout, labels: true, title: 'Hello', logo: 'logo', background: 'wall' };
    const scene = sceneOf(arrangementOf(all, change));
    expect(pictureFaults(drawn(scene), { scene, pictures })).toEqual([]);
  });

  it('knows a picture that is shown whole from one that fills its tile', () => {
    const scene = sceneOf(arrangementOf([{ guest: 'anna' }, { guest: 'dirk', fit: 'contain' }]));
    const filling = sceneOf(arrangementOf(['anna', 'dirk']));
    expect(pictureFaults(drawn(scene), { scene, pictures })).toEqual([]);
    expect(pictureFaults(drawn(filling), { scene, pictures })).not.toEqual([]);
    expect(pictureFaults(drawn(scene), { scene: filling, pictures })).not.toEqual([]);
  });

  it('finds tiles that are 16 pixels beside their places', () => {
    const scene = sceneOf(arrangementOf(all));
    expect(pictureFaults(drawn(scene, { moved: 16 }), { scene, pictures })).not.toEqual([]);
  });

  it('finds guests who stand in the place of others, and who are there without a place', () => {
    const scene = sceneOf(arrangementOf(['anna', 'bert']));
    const swapped = sceneOf(arrangementOf(['bert', 'anna']));
    expect(pictureFaults(drawn(swapped), { scene, pictures }).join()).toContain('bert is seen in the place of anna');
    const alone = sceneOf(arrangementOf(['anna']));
    expect(pictureFaults(drawn(scene), { scene: alone, pictures }).join()).toContain('bert is seen');
  });

  it.each(['label:cleo', 'title', 'logo', 'background', 'guest:dirk'])('finds that %s is missing', (without) => {
    const scene = sceneOf(
      arrangementOf(all.slice(1), { labels: true, title: 'Hello', logo: 'logo', background: 'wall' }),
    );
    expect(pictureFaults(drawn(scene, { without }), { scene, pictures })).not.toEqual([]);
  });

  it('finds a guest who is seen through a card', () => {
    const scene = sceneOf(arrangementOf(all, { card: 'be-right-back' }));
    expect(pictureFaults(drawn(scene), { scene, pictures })).toEqual([]);
    expect(pictureFaults(drawn(sceneOf(arrangementOf(all))), { scene, pictures }).join()).toContain('anna is seen');
  });

  it('does not compare pictures of another size', () => {
    const scene = sceneOf(arrangementOf(all));
    const picture = { width: 320, height: 180, rgb: new Uint8Array(3 * 320 * 180) };
    expect(pictureFaults(picture, { scene, pictures })).toEqual(['the picture is 320x180, the canvas 640x360']);
  });
});

describe('nameOfColour', () => {
  it('names the nearest colour, and none where none is near', () => {
    const colours = { red: [200, 30, 30], blue: [40, 60, 220] } as const;
    expect(nameOfColour([215, 40, 20], colours)).toBe('red');
    expect(nameOfColour([128, 128, 128], colours)).toBeUndefined();
  });
});
