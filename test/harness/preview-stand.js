// The preview of a stage alone on a page, with guests that are painted.
import { signal } from '@preact/signals';
import { h, render } from 'preact';
import { ScenePreview } from '../../apps/web/src/stage/preview/scene-preview.tsx';

const REPAINT_MS = 100;

const stage = signal(undefined);
const streams = signal(new Map());
const frozen = new Set();
const nextFrame = window.requestAnimationFrame.bind(window);
let held;
let lastMs = 0;

// Held, it draws at the times that a test tells.
window.requestAnimationFrame = (draw) => {
  if (held !== undefined) return held.push(draw);
  return nextFrame((atMs) => {
    lastMs = atMs;
    draw(atMs);
  });
};

function drawHeld(afterMs) {
  lastMs += afterMs;
  for (const draw of held.splice(0)) draw(lastMs);
}

function streamOf(guest, { width, height, boxes }) {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  const paint = () => {
    if (frozen.has(guest)) return;
    for (const { x, y, width, height, colour } of boxes) {
      context.fillStyle = `rgb(${colour.red} ${colour.green} ${colour.blue})`;
      context.fillRect(x, y, width, height);
    }
  };
  paint();
  setInterval(paint, REPAINT_MS);
  return canvas.captureStream();
}

window.weirPreview = {
  /** Guests send these painted pictures from now on. */
  guests(paintings) {
    streams.value = new Map(Object.entries(paintings).map(([guest, painting]) => [guest, streamOf(guest, painting)]));
  },
  show(next) {
    stage.value = next;
  },
  /** The pictures of a guest stop, or go on. */
  freeze(guest, isFrozen) {
    if (isFrozen) frozen.add(guest);
    else frozen.delete(guest);
  },
  /** Draws no more but when it is told to. */
  async hold() {
    held = [];
    while (held.length === 0) await new Promise((resolve) => nextFrame(resolve));
  },
  /** Draws as if so much time had gone by. */
  step: drawHeld,
  release() {
    const waiting = held;
    held = undefined;
    for (const draw of waiting) window.requestAnimationFrame(draw);
  },
  /** RGBA of the preview, as text in base 64. */
  async pixels() {
    const canvas = document.querySelector('[data-testid=scene-preview]');
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    const reader = new FileReader();
    const read = new Promise((resolve) => reader.addEventListener('load', resolve, { once: true }));
    reader.readAsDataURL(new Blob([data]));
    await read;
    return reader.result.slice(reader.result.indexOf(',') + 1);
  },
  /** A PNG with RGBA that is given, left, and the preview. */
  beside(text) {
    const preview = document.querySelector('[data-testid=scene-preview]');
    const { width, height } = preview;
    const canvas = document.createElement('canvas');
    canvas.width = 2 * width + 16;
    canvas.height = height;
    const context = canvas.getContext('2d');
    const bytes = Uint8ClampedArray.from(atob(text), (letter) => letter.charCodeAt(0));
    context.putImageData(new ImageData(bytes, width, height), 0, 0);
    context.drawImage(preview, width + 16, 0);
    return canvas.toDataURL('image/png');
  },
};

const root = document.createElement('main');
document.body.append(root);
render(h(ScenePreview, { stage, streams, label: 'Preview' }), root);
