import {
  createPicture,
  fillPicture,
  LIMITER_DELAY,
  type Picture,
  type Scene,
  slateScene,
  soloScene,
} from '@weir/stage';
import { describe, expect, it } from 'vitest';
import { Mixer } from './mixer.js';

const canvas = { width: 64, height: 36 };
const white = { red: 255, green: 255, blue: 255 };

function scene(picture: Picture | undefined, level = 0.5) {
  const state = { picture, asked: 0 };
  const mixer = new Mixer(canvas, 30, {
    picture: ({ type }) => {
      state.asked += 1;
      return type === 'guest' ? state.picture : createPicture(canvas);
    },
    sound: (_, block) => void block.fill(level),
  });
  return { mixer, state };
}

function whitePicture(width: number, height: number): Picture {
  const picture = createPicture({ width, height });
  fillPicture(picture, white);
  return picture;
}

describe('Mixer', () => {
  it('passes a picture of the canvas size on as it is', () => {
    const picture = whitePicture(64, 36);
    const { mixer } = scene(picture);
    expect(mixer.picture(soloScene(canvas, 'anna'))).toBe(picture.data);
  });

  it('draws a picture of another size, whole, on the background', () => {
    const { mixer } = scene(whitePicture(36, 36));
    const drawn = mixer.picture(soloScene(canvas, 'anna'));
    expect([drawn[0], drawn[32], drawn[63]]).toEqual([16, 235, 16]);
  });

  it('draws the background alone for a guest without a picture', () => {
    const { mixer } = scene(undefined);
    expect(mixer.picture(soloScene(canvas, 'anna'))[700]).toBe(16);
  });

  it('draws again only when a picture or the scene has changed', () => {
    const { mixer, state } = scene(whitePicture(32, 18));
    const solo = soloScene(canvas, 'anna');
    const drawn = mixer.picture(solo);
    drawn[0] = 99;
    expect(mixer.picture(solo)[0]).toBe(99);
    state.picture = whitePicture(32, 18);
    expect(mixer.picture(solo)[0]).toBe(235);
  });

  it('mixes the sound of a scene, 1600 samples a tick, and fades where the scene changes', () => {
    const { mixer } = scene(undefined);
    const solo = soloScene(canvas, 'anna');
    expect(mixer.sound(solo)).toHaveLength(3200);
    expect(mixer.sound(solo)[3199]).toBe(0.5);
    const slate = slateScene(canvas, 'News');
    const fading = mixer.sound(slate);
    expect(fading[0]).toBe(0.5);
    expect(fading[2 * (LIMITER_DELAY + 240)]).toBeCloseTo(0.25, 1);
    expect(fading[3199]).toBe(0);
    expect(mixer.sound(slate).every((sample) => sample === 0)).toBe(true);
  });

  it('limits what is too loud', () => {
    const { mixer } = scene(undefined, 4);
    const loud: Scene = { ...soloScene(canvas, 'anna'), gains: { anna: 1 } };
    mixer.sound(loud);
    expect(Math.max(...mixer.sound(loud))).toBeLessThan(0.892);
  });

  it('greys a layer, and leaves what lies outside of its round corners', () => {
    const { mixer } = scene(whitePicture(32, 36));
    const [layer] = soloScene(canvas, 'anna').layers;
    const rect = { x: 0, y: 0, width: 32, height: 36 };
    const grey: Scene = { ...soloScene(canvas, 'anna'), layers: [{ ...layer!, rect, isGrey: true, radius: 8 }] };
    const drawn = mixer.picture(grey);
    expect([drawn[0], drawn[64 * 18 + 16], drawn[64 * 18 + 40]]).toEqual([16, 147, 16]);
  });

  it('keeps each guest at its own gain', () => {
    const levels: Record<string, number> = { anna: 0.2, bert: 0.3 };
    const mixer = new Mixer(canvas, 30, {
      picture: () => undefined,
      sound: (guest, block) => void block.fill(levels[guest]!),
    });
    const both: Scene = { ...soloScene(canvas, 'anna'), gains: { anna: 0.5, bert: 1 } };
    mixer.sound(both);
    expect(mixer.sound(both).at(-1)).toBeCloseTo(0.4, 5);
  });
});
