import { expect, it } from 'vitest';
import { embedOptionsOf } from './embed-options.js';

it('plays by itself with a bar, and leaves the sound to the viewer, when nothing is asked', () => {
  expect(embedOptionsOf('')).toEqual({ autoplay: true, muted: undefined, controls: true });
  expect(embedOptionsOf('?autoplay=maybe&muted=loud')).toEqual({ autoplay: true, muted: undefined, controls: true });
});

it('does what is asked', () => {
  expect(embedOptionsOf('?autoplay=0&muted=1&controls=false')).toEqual({
    autoplay: false,
    muted: true,
    controls: false,
  });
  expect(embedOptionsOf('?muted&controls=TRUE&autoplay=1')).toEqual({ autoplay: true, muted: true, controls: true });
  expect(embedOptionsOf('?muted=0')).toMatchObject({ muted: false });
});
