import type { StillImage, StillImageOptions } from '@weir/ffmpeg';
import { beforeEach, describe, expect, it } from 'vitest';
import { ImageShelf } from './image-shelf.js';

const size = { width: 4, height: 2 };
let asked: StillImageOptions[];
let failures: string[];
let answer: () => Promise<StillImage>;
let shelf: ImageShelf;

beforeEach(() => {
  asked = [];
  failures = [];
  answer = () => Promise.resolve({ ...size, rgba: new Uint8Array(32).fill(255) });
  shelf = new ImageShelf({
    ffmpegPath: 'ffmpeg',
    onFailure: (name, why) => failures.push(`${name}: ${why}`),
    decode: (options) => {
      asked.push(options);
      return answer();
    },
  });
});

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('ImageShelf', () => {
  it('makes a picture once for each size, when it is asked for', async () => {
    shelf.put('logo', new Uint8Array(3));
    expect(shelf.picture('logo', size, 'contain')).toBeUndefined();
    expect(shelf.picture('logo', size, 'contain')).toBeUndefined();
    await settled();
    const picture = shelf.picture('logo', size, 'contain');
    expect([picture?.width, picture?.alpha]).toEqual([4, undefined]);
    expect(shelf.picture('logo', size, 'contain')).toBe(picture);
    expect(asked).toHaveLength(1);
  });

  it('keeps alpha where there is some', async () => {
    answer = () => Promise.resolve({ ...size, rgba: new Uint8Array(32).fill(128) });
    shelf.put('logo', new Uint8Array(3));
    shelf.picture('logo', size, 'contain');
    await settled();
    expect(shelf.picture('logo', size, 'contain')?.alpha?.[0]).toBe(128);
  });

  it('has nothing of what it does not know, or what is gone', async () => {
    expect(shelf.picture('other', size, 'cover')).toBeUndefined();
    shelf.put('logo', new Uint8Array(3));
    shelf.picture('logo', size, 'cover');
    shelf.put('logo', undefined);
    await settled();
    expect(shelf.picture('logo', size, 'cover')).toBeUndefined();
    expect(asked).toHaveLength(1);
  });

  it('tells once of a file that is broken, and takes another', async () => {
    answer = () => Promise.reject(new Error('broken'));
    shelf.put('logo', new Uint8Array(3));
    shelf.picture('logo', size, 'cover');
    await settled();
    shelf.picture('logo', size, 'cover');
    expect([failures, asked.length]).toEqual([['logo: broken'], 1]);
    answer = () => Promise.resolve({ ...size, rgba: new Uint8Array(32) });
    shelf.put('logo', new Uint8Array(4));
    shelf.picture('logo', size, 'cover');
    await settled();
    expect(shelf.picture('logo', size, 'cover')).toBeDefined();
  });
});
