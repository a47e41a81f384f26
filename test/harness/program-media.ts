import { spawn } from 'node:child_process';
import { buffer, text } from 'node:stream/consumers';
import { SILENT_OPUS_PACKET, SoundDecoder } from '@weir/ffmpeg';
import type { MediaFrame } from '@weir/rtp';
import type { ProgramWatch, TimedSample } from './program-watch.js';
import { FFMPEG, programPath } from './requirements.js';

const THUMBNAIL = 16;
const SOUND_RATE = 48_000;
const OPUS_SAMPLES = 960;
const BRIGHT = 128;
const LOUD = 0.05;
/** Flashes and beeps of clips last 100 ms: one that is shorter was cut, as where pictures or sound came too late to be played, and says nothing about when it began. */
const WHOLE_SECONDS = 0.09;
const PAIRED_MS = 300;

/** What ffmpeg finds wrong with a file; empty for a sound one. */
export async function decodeFaults(bytes: Uint8Array): Promise<string> {
  // Without a time base of its own ffmpeg would find fault with times that are no multiples of the frame rate.
  const times = ['-fps_mode', 'passthrough', '-enc_time_base', '-1'];
  return (await runFfmpeg(['-xerror', '-i', 'pipe:0', ...times, '-f', 'null', '-'], bytes)).errors;
}

/** Program seconds at which a whole flash begins. */
export async function flashSeconds(
  bytes: Uint8Array,
  samples: readonly Pick<TimedSample, 'seconds'>[],
): Promise<number[]> {
  const size = THUMBNAIL * THUMBNAIL;
  const filter = `scale=${THUMBNAIL}:${THUMBNAIL}:flags=area,format=gray`;
  const args = ['-i', 'pipe:0', '-vf', filter, '-fps_mode', 'passthrough', '-f', 'rawvideo', 'pipe:1'];
  const { output } = await runFfmpeg(args, bytes);
  const levels = samples.map((_, index) => {
    const picture = output.subarray(index * size, (index + 1) * size);
    return picture.reduce((sum, value) => sum + value, 0) / size;
  });
  return wholeFlashes(levels, samples);
}

/** When whole flashes begin, seconds, by how bright the pictures are, 0 to 255. */
export function wholeFlashes(levels: readonly number[], samples: readonly Pick<TimedSample, 'seconds'>[]): number[] {
  const flashes: number[] = [];
  let beganSeconds = Number.NaN;
  for (let index = 1; index < samples.length; index += 1) {
    const { seconds } = samples[index]!;
    const isBright = levels[index]! > BRIGHT;
    if (isBright === levels[index - 1]! > BRIGHT) continue;
    if (isBright) beganSeconds = seconds;
    else if (seconds - beganSeconds > WHOLE_SECONDS) flashes.push(beganSeconds);
  }
  return flashes;
}

/** Program seconds at which a whole beep begins, after a tenth of a second of silence. */
export async function beepSeconds(bytes: Uint8Array, samples: readonly TimedSample[]): Promise<number[]> {
  const { output } = await runFfmpeg(
    ['-i', 'pipe:0', '-ac', '1', '-ar', String(SOUND_RATE), '-f', 'f32le', 'pipe:1'],
    bytes,
  );
  const sound = new Float32Array(output.buffer.slice(output.byteOffset, output.byteOffset + output.length));
  return beginningsOf(sound, samples[0]?.seconds ?? 0);
}

/** As `beepSeconds`, for packets of Opus of 20 ms by their RTP timestamps, the first of which is at `startSeconds`; missing ones are silent. */
export async function opusBeepSeconds(frames: readonly MediaFrame[], startSeconds: number): Promise<number[]> {
  const sound: number[] = [];
  const decoder = new SoundDecoder({
    ffmpegPath: await programPath(FFMPEG),
    onSound: ({ samples }) => sound.push(...samples.filter((_, index) => index % 2 === 0)),
  });
  const packets: Uint8Array[] = [];
  for (const { timestamp, units } of frames)
    packets[Math.round((timestamp - frames[0]!.timestamp) / OPUS_SAMPLES)] = units[0]!;
  for (let index = 0; index < packets.length; index += 1)
    decoder.decode({ timeMs: 20 * index, data: packets[index] ?? SILENT_OPUS_PACKET });
  await decoder.close();
  return beginningsOf(Float32Array.from(sound), startSeconds);
}

/** When whole beeps begin after a tenth of a second of silence in sound of one channel and 48 kHz, seconds. */
export function beginningsOf(sound: Float32Array, startSeconds: number): number[] {
  const beeps: { readonly from: number; to: number }[] = [];
  let lastLoud = 0;
  for (const [at, value] of sound.entries()) {
    if (Math.abs(value) < LOUD) continue;
    if (at - lastLoud > SOUND_RATE / 10) beeps.push({ from: at, to: at });
    else if (beeps.length > 0) beeps.at(-1)!.to = at;
    lastLoud = at;
  }
  return beeps
    .filter(({ from, to }) => to - from > WHOLE_SECONDS * SOUND_RATE)
    .map(({ from }) => startSeconds + from / SOUND_RATE);
}

/** For each flash that has a beep the distance of that, milliseconds; positive when the sound is late. How many there are is for the test to say. */
export function syncOffsetsMs(flashes: readonly number[], beeps: readonly number[]): number[] {
  return flashes
    .map((flash) => {
      const offsets = beeps.map((beep) => 1000 * (beep - flash));
      return offsets.reduce((best, offset) => (Math.abs(offset) < Math.abs(best) ? offset : best), Infinity);
    })
    .filter((offset) => Math.abs(offset) < PAIRED_MS);
}

/** How far most of these are from 0, milliseconds: a quarter of them may be what a machine that stood still showed late. */
export function usualOffsetMs(offsetsMs: readonly number[]): number {
  const distances = offsetsMs.map(Math.abs).toSorted((one, other) => one - other);
  return distances[Math.ceil(0.75 * distances.length) - 1] ?? Number.NaN;
}

/** As `syncOffsetsMs`, for the flashes of a track of the first run. */
export async function programSyncMs(watch: ProgramWatch, track: string): Promise<number[]> {
  const flashes = await flashSeconds(watch.bytesOf(track, 0), watch.samplesOf(track, 0));
  return syncOffsetsMs(flashes, await beepSeconds(watch.bytesOf('audio', 0), watch.samplesOf('audio', 0)));
}

async function runFfmpeg(args: readonly string[], input: Uint8Array): Promise<{ output: Buffer; errors: string }> {
  const general = ['-hide_banner', '-nostdin', '-loglevel', 'error', ...args];
  const child = spawn(await programPath(FFMPEG), general, { stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const [output, errors] = await Promise.all([buffer(child.stdout), text(child.stderr)]);
  return { output, errors };
}
