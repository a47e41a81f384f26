import type { Size } from '@weir/stage';
import { ffmpegOutput } from '../integration/ffmpeg-media.js';
import type { RgbPicture } from './show-picture.js';
import { SOUND_RATE } from './show-sound.js';

/** Pictures a second of every show. */
export const FRAME_RATE = 30;
/** The filter that makes pixels of three bytes of a program's pictures. */
export const RGB = 'scale=in_color_matrix=bt709:in_range=tv,format=rgb24';
/** What ffmpeg makes mono samples of a program's sound by; `-ac 1` would add the channels up. */
export const MONO: readonly string[] = [
  ...'-map 0:a -af pan=mono|c0=0.5*c0+0.5*c1'.split(' '),
  ...`-ar ${SOUND_RATE} -f f32le pipe:1`.split(' '),
];

/** A finished recording in a file, by the time of the day at which it was made. */
export class ShowRecording {
  readonly #path: string;
  readonly #size: Size;
  readonly #startMs: number;
  #sound: Promise<Float32Array> | undefined;

  /** `startMs`: Unix milliseconds of its beginning. */
  constructor(path: string, size: Size, startMs: number) {
    this.#path = path;
    this.#size = size;
    this.#startMs = startMs;
  }

  /** What it shows at these times, Unix milliseconds in rising order; throws when one lies outside of it. */
  async pictures(timesMs: readonly number[]): Promise<RgbPicture[]> {
    const { width, height } = this.#size;
    const indices = timesMs.map((timeMs) => this.#indexOf(timeMs));
    const args = ['-i', this.#path, '-vf', `fps=${FRAME_RATE},select=${this.#selection(timesMs)},${RGB}`];
    const rgb = await ffmpegOutput([...args, '-fps_mode', 'passthrough', '-f', 'rawvideo', 'pipe:1']);
    const bytes = 3 * width * height;
    if (rgb.length !== bytes * new Set(indices).size)
      throw new Error(`${rgb.length / bytes} pictures of ${indices.length} are in the recording`);
    return indices.map((_, place) => ({ width, height, rgb: rgb.subarray(place * bytes, (place + 1) * bytes) }));
  }

  /** What is heard in it from a time on, Unix milliseconds; mono of 48 kHz. */
  async sound(fromMs: number, forMs: number): Promise<Float32Array> {
    const samples = await (this.#sound ??= this.#decodedSound());
    const from = Math.round(((fromMs - this.#startMs) / 1000) * SOUND_RATE);
    return samples.subarray(from, from + Math.round((forMs / 1000) * SOUND_RATE));
  }

  /** Complaints of a decoder about all of it; empty for a sound file. */
  async decodeFaults(): Promise<string> {
    return (await ffmpegOutput(['-xerror', '-i', this.#path, '-f', 'null', '-'])).toString();
  }

  /** Writes a PNG of what it shows at these times, six in a row. */
  async keepSheet(timesMs: readonly number[], path: string): Promise<void> {
    const wanted = this.#selection(timesMs);
    const rows = Math.ceil(timesMs.length / 6);
    const sheet = `fps=${FRAME_RATE},select=${wanted},scale=320:-2,tile=6x${rows}`;
    await ffmpegOutput(['-y', '-i', this.#path, '-vf', sheet, '-frames:v', '1', '-update', '1', path]);
  }

  #indexOf(timeMs: number): number {
    return Math.round(((timeMs - this.#startMs) / 1000) * FRAME_RATE);
  }

  #selection(timesMs: readonly number[]): string {
    return timesMs.map((timeMs) => `eq(n\\,${this.#indexOf(timeMs)})`).join('+');
  }

  async #decodedSound(): Promise<Float32Array> {
    const bytes = await ffmpegOutput(['-i', this.#path, ...MONO]);
    return new Float32Array(Uint8Array.from(bytes).buffer);
  }
}
