import {
  type CodedPicture,
  type DecodedPicture,
  fitPicture,
  PictureDecoder,
  type PictureCodec,
  type PictureMatrix,
} from '@weir/ffmpeg';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../harness/random.js';
import { codedPictures, ffmpegPath, meanLuma } from './ffmpeg-media.js';

const fit = { width: 320, height: 180 };

async function decoded(
  codec: PictureCodec,
  pictures: readonly CodedPicture[],
  matrix?: PictureMatrix,
): Promise<DecodedPicture[]> {
  const out: DecodedPicture[] = [];
  const decoder = new PictureDecoder({
    ffmpegPath: await ffmpegPath(),
    codec,
    fit,
    matrix,
    onPicture: (picture) => out.push(picture),
  });
  for (const picture of pictures) decoder.decode(picture);
  await decoder.close();
  expect(await decoder.exited).toBeUndefined();
  return out;
}

describe('a decoder of pictures', () => {
  const codecs: PictureCodec[] = ['h264', 'h265', 'vp8', 'vp9', 'av1'];

  it.each(codecs)('gives every picture of %s back with its time', async (codec) => {
    const random = seededRandom(7);
    const made = await codedPictures({ codec, width: 320, height: 180, count: 45, group: 15 });
    const pictures = made.map((picture) => ({ ...picture, timeMs: 3_600_000 + picture.timeMs + random() * 20 }));
    const out = await decoded(codec, pictures);
    expect(out.map((picture) => picture.timeMs)).toEqual(pictures.map((picture) => Math.round(picture.timeMs)));
    expect(out.every(({ data }) => data.length === (320 * 180 * 3) / 2)).toBe(true);
  });

  it('gives pictures while others are still to come', async () => {
    const pictures = await codedPictures({ codec: 'vp8', width: 160, height: 90, count: 4, group: 30 });
    const path = await ffmpegPath();
    let first: (picture: DecodedPicture) => void;
    const came = new Promise<DecodedPicture>((resolve) => {
      first = resolve;
    });
    const decoder = new PictureDecoder({ ffmpegPath: path, codec: 'vp8', fit, onPicture: (picture) => first(picture) });
    for (const picture of pictures) decoder.decode(picture);
    expect((await came).timeMs).toBe(0);
    await decoder.close();
  });

  it('fits other sizes and directions into the same canvas in mid-stream', async () => {
    const grey = { codec: 'h264', count: 10, group: 10, luma: 200 } as const;
    const wide = await codedPictures({ ...grey, width: 640, height: 360 }, 0);
    const high = await codedPictures({ ...grey, width: 90, height: 160 }, 1000);
    const small = await codedPictures({ ...grey, width: 64, height: 64 }, 2000);
    const out = await decoded('h264', [...wide, ...high, ...small]);
    expect(out).toHaveLength(30);
    for (const [index, size] of [
      [5, { width: 640, height: 360 }],
      [15, { width: 90, height: 160 }],
      [25, { width: 64, height: 64 }],
    ] as const) {
      const { data } = out[index]!;
      const { x, y, width, height } = fitPicture(size, fit);
      expect(meanLuma(data, fit.width, [x + 1, y + 1, width - 2, height - 2])).toBeCloseTo(200, -1);
      if (x > 0) expect(meanLuma(data, fit.width, [0, 0, x, fit.height])).toBe(16);
      if (x > 0) expect(meanLuma(data, fit.width, [x + width, 0, fit.width - x - width, fit.height])).toBe(16);
    }
  });

  it('gives BT.709, and takes what does not say for BT.601', async () => {
    const red = { ...fit, count: 1, group: 1, colour: 'red' };
    const at = fit.width * fit.height;
    const yuv = ([picture]: readonly DecodedPicture[]) =>
      [at / 2, at + at / 8, at + at / 4 + at / 8].map((place) => picture!.data[place]!);
    const [y = 0, u = 0, v = 0] = yuv(await decoded('vp8', await codedPictures({ ...red, codec: 'vp8' })));
    // ITU-R BT.709 section 3: red is 63, 102, 240
    expect([Math.abs(y - 63), Math.abs(u - 102), Math.abs(v - 240)].every((error) => error <= 3)).toBe(true);
    const bitstreamFilter = 'h264_metadata=matrix_coefficients=1:colour_primaries=1:transfer_characteristics=1';
    const tagged = await codedPictures({ ...red, codec: 'h264', bitstreamFilter });
    expect(yuv(await decoded('h264', tagged))[0]).toBeGreaterThan(75);
  });

  it('gives the same colours when it is told the matrix, in pictures of whatever size', async () => {
    const from = { width: 642, height: 362, count: 1, group: 1 };
    const bitstreamFilter = 'h264_metadata=matrix_coefficients=1:colour_primaries=1:transfer_characteristics=1';
    for (const [matrix, codec, more] of [
      ['bt601', 'vp8', {}],
      ['bt601', 'h264', {}],
      ['bt709', 'h264', { bitstreamFilter }],
    ] as const) {
      const pictures = await codedPictures({ ...from, codec, ...more });
      const [found] = await decoded(codec, pictures);
      const [told] = await decoded(codec, pictures, matrix);
      // At sharp edges of colour the two ways differ, because one goes by way of RGB.
      const apart = found!.data.map((value, at) => Math.abs(value - told!.data[at]!)).sort();
      const [half, most] = [0.5, 0.95].map((share) => apart[Math.floor(share * apart.length)]);
      expect([half! <= 1, most! <= 6], `${matrix} ${codec}: ${half} ${most}`).toEqual([true, true]);
    }
  });

  it('goes on after broken pictures with the next key frame', async () => {
    const random = seededRandom(11);
    const pictures = await codedPictures({ codec: 'vp8', width: 320, height: 180, count: 60, group: 20 });
    const broken = pictures.map((picture, index) => {
      if (index < 5 || index > 15) return picture;
      return { ...picture, data: picture.data.map((byte) => (random() < 0.1 ? random() * 256 : byte)) };
    });
    const times = new Set((await decoded('vp8', broken)).map((picture) => picture.timeMs));
    expect(pictures.slice(20).every((picture) => times.has(Math.round(picture.timeMs)))).toBe(true);
  });

  it('comes to its end when it is only given noise', async () => {
    const random = seededRandom(3);
    const noise = (length: number) => Uint8Array.from({ length }, () => random() * 256);
    const pictures = Array.from({ length: 50 }, (_, index) => ({
      timeMs: index * 33,
      isKey: true,
      data: noise(1 + Math.floor(random() * 5000)),
    }));
    for (const codec of ['h264', 'vp8', 'av1'] as const) await decoded(codec, pictures);
  });

  it('refuses what it cannot keep up with until a key frame fits', async () => {
    const pictures = await codedPictures({ codec: 'h264', width: 640, height: 360, count: 30, group: 30 });
    const path = await ffmpegPath();
    const decoder = new PictureDecoder({
      ffmpegPath: path,
      codec: 'h264',
      fit,
      maxQueuedBytes: 1000,
      onPicture: () => undefined,
    });
    const taken: boolean[] = [];
    const big = { ...pictures[0]!, data: new Uint8Array(1 << 20) };
    for (const picture of [...pictures.slice(1, 3), big, ...pictures.slice(1, 3), pictures[0]!])
      taken.push(decoder.decode(picture));
    expect(taken).toEqual([false, false, true, false, false, false]);
    await decoder.close();
    expect(decoder.decode(pictures[0]!)).toBe(false);
  });

  it('tells why it died', async () => {
    const path = await ffmpegPath();
    const decoder = new PictureDecoder({ ffmpegPath: path, codec: 'h264', fit, onPicture: () => undefined });
    process.kill(decoder.pid!, 'SIGKILL');
    expect(await decoder.exited).toMatchObject({ name: 'FfmpegFailed', signal: 'SIGKILL' });
    const absent = new PictureDecoder({
      ffmpegPath: '/nowhere/ffmpeg',
      codec: 'h264',
      fit,
      onPicture: () => undefined,
    });
    expect(await absent.exited).toMatchObject({ name: 'FfmpegFailed', exitCode: undefined });
    await absent.close();
  });
});
