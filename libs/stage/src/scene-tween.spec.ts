import { describe, expect, it } from 'vitest';
import type { Layer, Rect, Scene } from './scene.js';
import { tweenScene } from './scene-tween.js';

const canvas = { width: 640, height: 360 };

function layer(id: string, rect: Rect, source: Layer['source'] = { type: 'guest', guest: id }): Layer {
  return { id, source, rect, fit: 'cover', opacity: 1 };
}

function scene(layers: readonly Layer[], gains: Record<string, number> = {}): Scene {
  return { canvas, background: { red: 0, green: 0, blue: 0 }, layers, gains };
}

const left = { x: 0, y: 0, width: 320, height: 180 };
const right = { x: 320, y: 180, width: 320, height: 180 };
const whole = { x: 0, y: 0, ...canvas };

describe('tweenScene', () => {
  it('begins with the first scene and ends as the second itself', () => {
    const from = scene([layer('a', left)], { a: 1 });
    const to = scene([layer('a', right)], { a: 0.5 });
    expect(tweenScene(from, to, 0)).toEqual({ ...from, gains: { a: 0.5 } });
    expect(tweenScene(from, to, 1)).toBe(to);
  });

  it('moves layers of the same id, and fades those that come or go', () => {
    const from = scene([layer('a', left), layer('b', right)]);
    const to = scene([layer('a', whole), layer('c', right)]);
    const half = tweenScene(from, to, 0.5);
    expect(half.layers.map(({ id, opacity }) => [id, opacity])).toEqual([
      ['a', 1],
      ['b', 0.5],
      ['c', 0.5],
    ]);
    expect(half.layers[0]?.rect).toEqual({ x: 0, y: 0, width: 480, height: 270 });
  });

  it('lets what goes lie where it was, above a background that stays', () => {
    const wall = layer('wall', whole, { type: 'image', image: 'wall' });
    const half = tweenScene(scene([wall, layer('a', left)]), scene([wall, layer('b', right)]), 0.3);
    expect(half.layers.map(({ id }) => id)).toEqual(['wall', 'a', 'b']);
  });

  it('stays even and inside at every share, texts in their new size', () => {
    const label = (rect: Rect) => layer('t', rect, { type: 'text', style: 'label', text: 'Anna' });
    const from = scene([layer('a', left), label({ x: 560, y: 340, width: 80, height: 20 })]);
    const to = scene([
      layer('a', { x: 318, y: 2, width: 322, height: 358 }),
      label({ x: 2, y: 2, width: 600, height: 30 }),
    ]);
    for (let share = 0; share <= 1; share += 1 / 64) {
      for (const { rect } of tweenScene(from, to, share).layers) {
        expect([rect.x, rect.y, rect.width, rect.height].every((number) => number % 2 === 0 && number >= 0)).toBe(true);
        expect(rect.x + rect.width <= 640 && rect.y + rect.height <= 360).toBe(true);
      }
      if (share > 0) expect(tweenScene(from, to, share).layers[1]?.rect.width).toBe(600);
    }
  });
});
