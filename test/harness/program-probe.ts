import { spawn } from 'node:child_process';
import { buffer } from 'node:stream/consumers';
import type { Rect } from '@weir/stage';
import type { ProgramWatch, TimedSample } from './program-watch.js';
import { FFMPEG, programPath } from './requirements.js';

const SOUND_RATE = 48_000;
const PROBED = 8;
const SMALL = 16;
const DETUNED = 0.01;
const TONE_SECONDS = 0.25;
const TONE_STEP_SECONDS = 0.1;

/** Red, green and blue, 0 to 255. */
export type Probe = readonly [number, number, number];

/** One decoded picture of a program. */
export class ProbedPicture {
  readonly #rgb: Buffer;
  readonly #width: number;

  constructor(rgb: Buffer, width: number) {
    this.#rgb = rgb;
    this.#width = width;
  }

  /** The mean of a small square in the middle of a rectangle, or at another share of its sides. */
  at({ x, y, width, height }: Rect, across = 0.5, down = 0.5): Probe {
    const left = Math.round(x + across * width - PROBED / 2);
    const top = Math.round(y + down * height - PROBED / 2);
    return this.#mean(left, top, PROBED, PROBED);
  }

  /** How much the brightest and the darkest pixel of a rectangle differ. */
  contrast({ x, y, width, height }: Rect): number {
    let [least, most] = [255, 0];
    for (let row = y; row < y + height; row += 1) {
      for (let column = x; column < x + width; column += 1) {
        const green = this.#rgb[3 * (row * this.#width + column) + 1]!;
        least = Math.min(least, green);
        most = Math.max(most, green);
      }
    }
    return most - least;
  }

  #mean(left: number, top: number, width: number, height: number): Probe {
    const sums = [0, 0, 0];
    for (let row = top; row < top + height; row += 1) {
      for (let column = left; column < left + width; column += 1) {
        for (let channel = 0; channel < 3; channel += 1)
          sums[channel]! += this.#rgb[3 * (row * this.#width + column) + channel]!;
      }
    }
    return sums.map((sum) => Math.round(sum / (width * height))) as unknown as Probe;
  }
}

/** The pictures that a track of the first run shows at these program seconds. */
export async function picturesAt(
  watch: ProgramWatch,
  track: string,
  seconds: readonly number[],
): Promise<ProbedPicture[]> {
  const samples = watch.samplesOf(track, 0);
  const indices = seconds.map((second) => indexAt(samples, second));
  const { width, height } = watch.tracks.find(({ name }) => name === track)!.init;
  const wanted = [...new Set(indices)].toSorted((one, other) => one - other);
  const select = wanted.map((index) => `eq(n\\,${index})`).join('+');
  const colours = 'scale=in_color_matrix=bt709:in_range=tv,format=rgb24';
  const output = await decoded(watch.bytesOf(track, 0), [
    '-vf',
    `select=${select},${colours}`,
    '-fps_mode',
    'passthrough',
    '-f',
    'rawvideo',
  ]);
  const bytes = 3 * width * height;
  return indices.map((index) => {
    const place = wanted.indexOf(index);
    return new ProbedPicture(output.subarray(place * bytes, (place + 1) * bytes), width);
  });
}

/** How bright a rectangle is, 0 to 255, in each picture of a track's first run. */
export async function brightnessIn(
  watch: ProgramWatch,
  track: string,
  { x, y, width, height }: Rect,
): Promise<number[]> {
  const filter = `crop=${width}:${height}:${x}:${y},scale=${SMALL}:${SMALL}:flags=area,format=gray`;
  const output = await decoded(watch.bytesOf(track, 0), ['-vf', filter, '-fps_mode', 'passthrough', '-f', 'rawvideo']);
  const size = SMALL * SMALL;
  return watch
    .samplesOf(track, 0)
    .map((_, index) => output.subarray(index * size, (index + 1) * size).reduce((sum, value) => sum + value, 0) / size);
}

/** The sound of a program's first run, mono. */
export class ProgramSound {
  readonly #samples: Float32Array;
  readonly #startSeconds: number;

  private constructor(samples: Float32Array, startSeconds: number) {
    this.#samples = samples;
    this.#startSeconds = startSeconds;
  }

  /** Decodes what there is by now. */
  static async of(watch: ProgramWatch): Promise<ProgramSound> {
    const bytes = watch.bytesOf('audio', 0);
    const output = await decoded(bytes, ['-ac', '1', '-ar', String(SOUND_RATE), '-f', 'f32le']);
    const samples = new Float32Array(output.buffer.slice(output.byteOffset, output.byteOffset + output.length));
    return new ProgramSound(samples, watch.samplesOf('audio', 0)[0]!.seconds);
  }

  /** Program second up to which there is sound in it; the program itself goes on meanwhile. */
  get endSeconds(): number {
    return this.#startSeconds + this.#samples.length / SOUND_RATE;
  }

  /** Amplitude of a tone, by Goertzel's algorithm, from a program second on; it may be a hundredth off, as while a delay slews. Throws RangeError for what is not in it. */
  tone(hertz: number, fromSeconds: number, forSeconds = TONE_SECONDS): number {
    const from = Math.round((fromSeconds - this.#startSeconds) * SOUND_RATE);
    const count = Math.round(forSeconds * SOUND_RATE);
    if (from < 0 || from + count > this.#samples.length)
      throw new RangeError('The sound was decoded before that time.');
    let largest = 0;
    for (let detuned = -DETUNED; detuned <= DETUNED; detuned += DETUNED / 8)
      largest = Math.max(largest, this.#goertzel(hertz * (1 + detuned), from, count));
    return largest;
  }

  /** The largest amplitude that a tone has for a quarter of a second anywhere between two program seconds. */
  loudest(hertz: number, fromSeconds: number, toSeconds: number): number {
    let largest = 0;
    for (let seconds = fromSeconds; seconds + TONE_SECONDS <= toSeconds; seconds += TONE_STEP_SECONDS)
      largest = Math.max(largest, this.tone(hertz, seconds, TONE_SECONDS));
    return largest;
  }

  /** The largest step from one sample to the next. */
  largestStep(fromSeconds: number, toSeconds: number): number {
    const at = (seconds: number) => Math.round((seconds - this.#startSeconds) * SOUND_RATE);
    let largest = 0;
    for (let place = at(fromSeconds) + 1; place < at(toSeconds); place += 1)
      largest = Math.max(largest, Math.abs(this.#samples[place]! - this.#samples[place - 1]!));
    return largest;
  }

  #goertzel(hertz: number, from: number, count: number): number {
    const angle = (2 * Math.PI * hertz) / SOUND_RATE;
    const factor = 2 * Math.cos(angle);
    let [last, before] = [0, 0];
    for (let at = from; at < from + count; at += 1) {
      const next = (this.#samples[at] ?? 0) + factor * last - before;
      before = last;
      last = next;
    }
    return (2 * Math.hypot(last - before * Math.cos(angle), before * Math.sin(angle))) / count;
  }
}

function indexAt(samples: readonly TimedSample[], seconds: number): number {
  const after = samples.findIndex((sample) => sample.seconds > seconds);
  return (after < 0 ? samples.length : after) - 1;
}

async function decoded(input: Uint8Array, args: readonly string[]): Promise<Buffer> {
  const general = ['-hide_banner', '-nostdin', '-loglevel', 'error', '-i', 'pipe:0', ...args, 'pipe:1'];
  const child = spawn(await programPath(FFMPEG), general, { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  return buffer(child.stdout);
}
