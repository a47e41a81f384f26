import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { FfmpegFailed, MOST_IMAGE_BYTES, stillImage } from '@weir/ffmpeg';
import { describe, expect, it } from 'vitest';
import { FFMPEG, programPath } from '../harness/requirements.js';

const fit = { width: 64, height: 36 };

async function made(size: string, codec: 'png' | 'mjpeg', format: string): Promise<Uint8Array> {
  const filter = `color=0x20c030:size=${size},format=${format}`;
  const args = `-hide_banner -loglevel error -f lavfi -i ${filter} -frames:v 1 -strict -1 -c:v ${codec} -f image2pipe -`;
  const { stdout } = await promisify(execFile)(await programPath(FFMPEG), args.split(' '), { encoding: 'buffer' });
  return new Uint8Array(stdout);
}

async function decoded(file: Uint8Array, isCover: boolean) {
  return stillImage({ ffmpegPath: await programPath(FFMPEG), file, fit, isCover });
}

describe('stillImage', () => {
  it('decodes PNG and JPEG into a rectangle, whole or filling it', async () => {
    const wide = await decoded(await made('300x100', 'png', 'rgba'), false);
    expect([wide.width, wide.height]).toEqual([64, 20]);
    expect([...wide.rgba.subarray(0, 4)].map((value) => Math.round(value / 8))).toEqual([4, 24, 6, 32]);
    const filled = await decoded(await made('300x100', 'mjpeg', 'yuvj420p'), true);
    expect([filled.width, filled.height]).toEqual([64, 36]);
  });

  it('refuses what is no image, broken, too long, or has more pixels than anybody needs', async () => {
    const png = await made('300x100', 'png', 'rgba');
    const huge = await made('6000x6000', 'png', 'gray');
    const files = [
      new Uint8Array(0),
      new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>'),
      png.subarray(0, 40),
      new Uint8Array([...png.subarray(0, 8), ...new Uint8Array(MOST_IMAGE_BYTES)]),
      huge,
    ];
    for (const file of files) await expect(decoded(file, false)).rejects.toBeInstanceOf(FfmpegFailed);
  });
});
