import type { Layer, Picture } from '@weir/stage';
import { expect, it } from 'vitest';
import { ImageShelf } from './image-shelf.js';
import { StageArt } from './stage-art.js';

const canvas = { width: 320, height: 180 };
const rect = { x: 0, y: 0, width: 160, height: 20 };

function art(): StageArt {
  return new StageArt(canvas, new ImageShelf({ ffmpegPath: '', onFailure: () => undefined }));
}

function text(words: string): Layer {
  return { id: words, source: { type: 'text', style: 'label', text: words }, rect, fit: 'contain', opacity: 1 };
}

it('draws each text and card once, for as long as not many others come', () => {
  const drawn = art();
  const first = drawn.picture(text('Anna')) as Picture;
  const slate: Layer = { ...text(''), source: { type: 'slate', title: 'News' } };
  expect(drawn.picture(slate)).toMatchObject(canvas);
  expect(drawn.picture({ ...slate, source: { type: 'slate', title: 'News', card: 'starting-soon' } })).not.toBe(
    drawn.picture(slate),
  );
  for (let count = 0; count < 20; count += 1) drawn.picture(text(`Guest ${count}`));
  expect(drawn.picture(text('Anna'))).toBe(first);
  for (let count = 20; count < 60; count += 1) drawn.picture(text(`Guest ${count}`));
  expect(drawn.picture(text('Anna'))).not.toBe(first);
});

it('has no picture of a guest, nor of an image that is not there', () => {
  const layer = text('');
  expect(art().picture({ ...layer, source: { type: 'guest', guest: 'anna' } })).toBeUndefined();
  expect(art().picture({ ...layer, source: { type: 'image', image: 'logo' } })).toBeUndefined();
});
