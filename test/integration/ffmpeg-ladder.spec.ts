import { FRAGMENT_OFFSET_SECONDS, LadderEncoder, type LadderOptions } from '@weir/ffmpeg';
import { splitAnnexB } from '@weir/rtp';
import { describe, expect, it } from 'vitest';
import { until } from '../harness/until.js';
import { ffmpegOutput, ffmpegPath, FragmentList, soundOf } from './ffmpeg-media.js';

const size = { width: 640, height: 360 };
const frameRate = 30;
const samplesInPicture = 48_000 / frameRate;
const rungs = [
  { name: '360p', width: 640, height: 360, bitrateBps: 800_000 },
  { name: '240p', width: 426, height: 240, bitrateBps: 400_000 },
  { name: '120p', width: 214, height: 120, bitrateBps: 150_000 },
];
const dark = grey(20);
const bright = grey(230);

function grey(luma: number): Uint8Array {
  return new Uint8Array((size.width * size.height * 3) / 2).fill(128).fill(luma, 0, size.width * size.height);
}

function tone(firstSample: number, isLoud: boolean): Float32Array {
  const samples = new Float32Array(samplesInPicture * 2);
  if (!isLoud) return samples;
  for (let at = 0; at < samples.length; at += 1) {
    samples[at] = 0.5 * Math.sin((2 * Math.PI * 1000 * (firstSample + (at >> 1))) / 48_000);
  }
  return samples;
}

async function openEncoder(options: Partial<LadderOptions> = {}) {
  const tracks = new Map([...rungs.map((rung) => rung.name), 'audio'].map((name) => [name, new FragmentList()]));
  const encoder = new LadderEncoder({
    ffmpegPath: await ffmpegPath(),
    size,
    frameRate,
    rungs,
    segmentSeconds: 2,
    preset: 'ultrafast',
    onChunk: (track, chunk) => tracks.get(track)!.push(chunk),
    ...options,
  });
  const give = async (bytes: Uint8Array) => {
    await until(() => encoder.picture(bytes), { what: 'room for a picture', everyMs: 1 });
  };
  return { encoder, tracks, give };
}

const isFlash = (picture: number) => picture >= frameRate && picture % frameRate < 3;

async function flashesAndBeeps(pictures: number, options: Partial<LadderOptions> = {}) {
  const { encoder, tracks, give } = await openEncoder(options);
  for (let index = 0; index < pictures; index += 1) {
    encoder.sound(tone(index * samplesInPicture, isFlash(index)));
    await give(isFlash(index) ? bright : dark);
  }
  await encoder.close();
  expect(await encoder.exited).toBeUndefined();
  return tracks;
}

const startOf = (track: FragmentList) => track.list[0]!.decodeTime / track.timescale;

async function flashTimes(track: FragmentList): Promise<number[]> {
  const args = ['-i', 'pipe:0', '-vf', 'scale=1:1:flags=area,format=gray', '-f', 'rawvideo', 'pipe:1'];
  const lumas = await ffmpegOutput(args, track.bytes());
  expect(lumas).toHaveLength(track.list.length);
  return track.list.flatMap(({ decodeTime }, index) => {
    const isOnset = index > 0 && lumas[index]! > 128 && lumas[index - 1]! < 128;
    return isOnset ? [decodeTime / track.timescale] : [];
  });
}

async function beepTimes(track: FragmentList): Promise<number[]> {
  const samples = await soundOf(track.bytes());
  const found: number[] = [];
  let lastLoud = -48_000;
  for (let at = 0; at < samples.length; at += 1) {
    if (Math.abs(samples[at]!) < 0.03) continue;
    if (at - lastLoud > 4800) found.push(startOf(track) + at / 48_000);
    lastLoud = at;
  }
  return found;
}

describe('an encoder of a ladder', () => {
  it('keeps flash and beep together within a millisecond, in every rung', async () => {
    const tracks = await flashesAndBeeps(5 * frameRate);
    const beeps = await beepTimes(tracks.get('audio')!);
    expect(beeps).toHaveLength(4);
    for (const { name } of rungs) {
      const flashes = await flashTimes(tracks.get(name)!);
      expect(flashes).toHaveLength(4);
      for (const [index, flash] of flashes.entries()) {
        expect(flash).toBeCloseTo(FRAGMENT_OFFSET_SECONDS + 1 + index, 4);
        expect(Math.abs(flash - beeps[index]!)).toBeLessThan(0.001);
      }
    }
  });

  it('puts key frames at the same pictures of all rungs and loses none', async () => {
    const tracks = await flashesAndBeeps(190);
    for (const { name } of rungs) {
      const { list, timescale } = tracks.get(name)!;
      expect(list.map(({ decodeTime }) => Math.round((decodeTime / timescale - 10) * frameRate))).toEqual(
        Array.from({ length: 190 }, (_, index) => index),
      );
      const keys = list.filter(({ isKey }) => isKey).map(({ decodeTime }) => decodeTime / timescale);
      expect(keys).toEqual([10, 12, 14, 16]);
    }
  });

  it('goes on at the program time that it is given, with other segments, of which the first is shorter', async () => {
    const segments = { segmentSeconds: 1, firstSegmentSeconds: 0.5 };
    const tracks = await flashesAndBeeps(130, { offsetSeconds: 3600, ...segments, rungs: rungs.slice(1, 2) });
    const { list, timescale } = tracks.get('240p')!;
    const keys = list.filter(({ isKey }) => isKey).map(({ decodeTime }) => decodeTime / timescale);
    expect(keys).toEqual([3610, 3610.5, 3611.5, 3612.5, 3613.5]);
    expect(startOf(tracks.get('audio')!)).toBeCloseTo(3610 - 1024 / 48_000, 4);
  });

  it('goes on with the pictures while sound is missing', async () => {
    const { encoder, tracks, give } = await openEncoder({ rungs: rungs.slice(1) });
    for (let index = 0; index < 15; index += 1) {
      encoder.sound(tone(index * samplesInPicture, false));
      await give(dark);
    }
    const video = tracks.get('120p')!;
    for (let index = 0; index < 60; index += 1) await give(bright);
    await until(() => video.list.length >= 60, { what: 'pictures without sound' });
    for (let index = 15; index < 75; index += 1) encoder.sound(tone(index * samplesInPicture, true));
    await encoder.close();
    expect(video.list).toHaveLength(75);
    expect(tracks.get('audio')!.list.length).toBeGreaterThanOrEqual(Math.floor((75 * samplesInPicture) / 1024));
  });

  it('encodes sound alone, and pictures alone', async () => {
    const sound = await flashesAndBeepsOf({ rungs: [] });
    expect(sound.get('audio')!.list.length).toBeGreaterThanOrEqual(Math.floor(48_000 / 1024));
    const pictures = await flashesAndBeepsOf({ hasAudio: false, rungs: rungs.slice(0, 1) });
    expect(pictures.get('360p')!.list).toHaveLength(30);
    expect(pictures.get('audio')!.list).toHaveLength(0);
  });

  it('tells each picture of the first rung at once, before another is given, as it is in the track', async () => {
    const pictures: Uint8Array[] = [];
    const { encoder, tracks, give } = await openEncoder({
      hasAudio: false,
      segmentSeconds: 0.1,
      onPicture: (accessUnit) => pictures.push(accessUnit),
    });
    for (let index = 0; index < 5; index += 1) {
      await give(index % 2 === 0 ? dark : bright);
      await until(() => pictures.length === index + 1, { what: 'the picture', everyMs: 1 });
    }
    await encoder.close();
    const kinds = pictures.map((picture) => splitAnnexB(picture).map((unit) => unit[0]! & 0x1f));
    expect(kinds.map((units) => units.filter((type) => type !== 6))).toEqual([[7, 8, 5], [1], [1], [7, 8, 5], [1]]);
    const { list } = tracks.get('360p')!;
    expect(list).toHaveLength(5);
    for (const [index, picture] of pictures.entries()) {
      const slice = splitAnnexB(picture).at(-1)!;
      expect(Buffer.from(list[index]!.bytes).includes(slice)).toBe(true);
    }
    expect(tracks.get('120p')!.list).toHaveLength(5);
  });

  it('refuses pictures that it has no room for, and takes a copy of the others', async () => {
    const { encoder, give } = await openEncoder({ maxQueuedPictures: 2 });
    process.kill(encoder.pids[0]!, 'SIGSTOP');
    const taken = [dark, dark, dark, dark, dark, dark].map((bytes) => encoder.picture(bytes));
    expect(taken).toEqual([true, true, false, false, false, false]);
    expect(encoder.queuedPictures).toBe(2);
    process.kill(encoder.pids[0]!, 'SIGCONT');
    await give(dark);
    await encoder.close();
    expect(encoder.picture(dark)).toBe(false);
  });

  it('tells why it ended', async () => {
    const { encoder, give } = await openEncoder();
    await give(dark);
    process.kill(encoder.pids[0]!, 'SIGKILL');
    expect(await encoder.exited).toMatchObject({ name: 'FfmpegFailed', signal: 'SIGKILL' });
    const refused = await openEncoder({ preset: 'impossible' });
    // From ffmpeg 7 on it only notices with the next picture.
    const ticks = setInterval(() => refused.encoder.picture(dark), 20);
    const failed = await refused.encoder.exited;
    clearInterval(ticks);
    expect(failed?.lastLines.join('\n')).toContain('impossible');
    expect(failed?.exitCode).toBeGreaterThan(0);
  });

  async function flashesAndBeepsOf(options: Partial<LadderOptions>) {
    const { encoder, tracks, give } = await openEncoder(options);
    for (let index = 0; index < frameRate; index += 1) {
      encoder.sound(tone(index * samplesInPicture, true));
      if (options.rungs?.length !== 0) await give(bright);
    }
    await encoder.close();
    return tracks;
  }
});
