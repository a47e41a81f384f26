import type { Layer, Rect, Scene } from './scene.js';

/**
 * The scene that lies between two, at a share from 0 to 1: layers of the same id move, those that come or go fade. Sound follows the second
 * at once, along ramps of its own.
 */
export function tweenScene(from: Scene, to: Scene, share: number): Scene {
  if (share <= 0) return { ...from, gains: to.gains };
  if (share >= 1) return to;
  const eased = share * share * (3 - 2 * share);
  const before = new Map(from.layers.map((layer) => [layer.id, layer]));
  const layers = to.layers.map((layer) => between(before.get(layer.id), layer, eased, to.canvas));
  const staying = new Set(to.layers.map(({ id }) => id));
  let below: string | undefined;
  for (const layer of from.layers) {
    if (!staying.has(layer.id)) {
      // It goes where it was: right above what it lay on.
      const at = 1 + layers.findIndex(({ id }) => id === below);
      layers.splice(at, 0, { ...layer, opacity: layer.opacity * (1 - eased) });
    }
    below = layer.id;
  }
  return { ...to, layers };
}

function between(from: Layer | undefined, to: Layer, share: number, canvas: Scene['canvas']): Layer {
  if (from === undefined) return { ...to, opacity: to.opacity * share };
  const opacity = from.opacity + (to.opacity - from.opacity) * share;
  const rect =
    to.source.type === 'guest' ? scaled(from.rect, to.rect, share) : moved(from.rect, to.rect, share, canvas);
  return { ...to, rect, opacity };
}

function scaled(from: Rect, to: Rect, share: number): Rect {
  const x = even(from.x + (to.x - from.x) * share);
  const y = even(from.y + (to.y - from.y) * share);
  return {
    x,
    y,
    width: Math.max(2, even(from.x + from.width + (to.x + to.width - from.x - from.width) * share) - x),
    height: Math.max(2, even(from.y + from.height + (to.y + to.height - from.y - from.height) * share) - y),
  };
}

/** What is drawn for its size, such as a text, has its new size at once. */
function moved(from: Rect, to: Rect, share: number, canvas: Scene['canvas']): Rect {
  return {
    ...to,
    x: Math.min(canvas.width - to.width, even(from.x + (to.x - from.x) * share)),
    y: Math.min(canvas.height - to.height, even(from.y + (to.y - from.y) * share)),
  };
}

function even(length: number): number {
  return 2 * Math.round(length / 2);
}
