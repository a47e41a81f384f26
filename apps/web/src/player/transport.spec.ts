import { expect, it } from 'vitest';
import { searchWith, transportOf } from './transport.js';

it('leaves the transport to the player unless the address pins one', () => {
  expect(transportOf('')).toBeUndefined();
  expect(transportOf('?via=pigeon')).toBeUndefined();
  expect(transportOf('?via=hls')).toBe('hls');
  expect(transportOf('?a=1&via=real-time')).toBe('real-time');
});

it('keeps the rest of the address when another one is chosen', () => {
  expect(searchWith('?a=1', 'hls')).toBe('?a=1&via=hls');
  expect(searchWith('?a=1&via=hls', 'real-time')).toBe('?a=1&via=real-time');
  expect(searchWith('?a=1&via=hls', undefined)).toBe('?a=1');
  expect(searchWith('?via=hls', undefined)).toBe('');
});
