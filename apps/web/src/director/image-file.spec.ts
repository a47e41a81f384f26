import { expect, it } from 'vitest';
import { imageNameOf } from './image-file.js';

it('keeps what it can of the name of a file', () => {
  expect(imageNameOf('River logo (final).png')).toBe('River-logo-final');
  expect(imageNameOf('..hidden.webp')).toBe('hidden');
});

it('names a file of which nothing can be kept the same each time', () => {
  expect(imageNameOf('로고.png')).toMatch(/^image-[a-z0-9]+$/);
  expect(imageNameOf('로고.png')).toBe(imageNameOf('로고.png'));
  expect(imageNameOf('로고.png')).not.toBe(imageNameOf('배경.png'));
});
