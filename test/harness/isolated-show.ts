import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Clip } from '@weir/demo';
import type { ComposeFile } from '@weir/program';
import type { GuestFrame } from '../../libs/program/src/guest-media.js';
import { IsolatedTracks } from '../../libs/program/src/isolated-tracks.js';
import { ProbedPicture } from './program-probe.js';
import { FFMPEG, programPath } from './requirements.js';

const run = promisify(execFile);
const SIZE = { width: 192, height: 108 } as const;
const PICTURE_MS = 1000 / 30;
const SOUND_MS = 20;
const SOUND_RATE = 48_000;

/** What a guest sends, and when. */
export interface IsolatedGuest {
  readonly guest: string;
  /** Such as `0xd02020`. */
  readonly colour: string;
  /** Of its tone. */
  readonly hertz: number;
  /** Program time. */
  readonly startSeconds: number;
  readonly seconds: number;
  /** Dark and silent, but for the first tenth of each second of the file. */
  readonly flashes?: boolean;
  /** Sends no sound from this time of the file until that. */
  readonly mutedSeconds?: readonly [number, number];
}

/** Writes the tracks of guests as a program does, with programs' second 0 at `originMs`. */
export async function writeTracks(
  directory: string,
  originMs: number,
  guests: readonly IsolatedGuest[],
): Promise<ComposeFile[]> {
  const files: ComposeFile[] = [];
  for (const [source, wish] of guests.entries()) {
    const clip = await codedClip(wish);
    const tracks = new IsolatedTracks({ originMs, onFailure: failed });
    tracks.directory = directory;
    for (const frame of framesOf(clip, wish, 2 * source)) tracks.frame(wish.guest, frame);
    await tracks.close();
    const { guest, startSeconds } = wish;
    files.push({
      guest,
      startSeconds,
      path: join(directory, `${guest}-${Math.round(originMs + 1000 * startSeconds)}.mkv`),
    });
  }
  return files;
}

/** A file of picture and sound, decoded. */
export class DecodedShow {
  readonly #pictures: Buffer;
  readonly #sound: Float32Array;
  readonly #width: number;
  readonly #pictureBytes: number;

  /** Decodes all of both, which may be in one file; their times count from the first picture. */
  static async of(video: Uint8Array, audio: Uint8Array, size: { width: number; height: number }): Promise<DecodedShow> {
    const colours = 'scale=in_color_matrix=bt709:in_range=tv,format=rgb24';
    const pictures = await decoded(video, [
      '-map',
      '0:v',
      '-vf',
      colours,
      '-fps_mode',
      'passthrough',
      '-f',
      'rawvideo',
    ]);
    const sound = await decoded(audio, ['-map', '0:a', '-ac', '1', '-ar', String(SOUND_RATE), '-f', 'f32le']);
    return new DecodedShow(pictures, sound, size);
  }

  private constructor(pictures: Buffer, sound: Buffer, { width, height }: { width: number; height: number }) {
    this.#pictures = pictures;
    this.#sound = new Float32Array(Uint8Array.from(sound).buffer);
    this.#width = width;
    this.#pictureBytes = 3 * width * height;
  }

  /** How long its picture is. */
  get seconds(): number {
    return (this.#pictures.length / this.#pictureBytes) * (PICTURE_MS / 1000);
  }

  /** The picture that is shown at this time. */
  picture(seconds: number): ProbedPicture {
    const at = Math.floor((seconds * 1000) / PICTURE_MS + 1e-6) * this.#pictureBytes;
    return new ProbedPicture(this.#pictures.subarray(at, at + this.#pictureBytes), this.#width);
  }

  /** Amplitude of a tone from this time on, for a tenth of a second. */
  tone(hertz: number, seconds: number): number {
    const from = Math.round(seconds * SOUND_RATE);
    const samples = this.#sound.subarray(from, from + SOUND_RATE / 10);
    let [real, imaginary] = [0, 0];
    for (const [index, sample] of samples.entries()) {
      const angle = (2 * Math.PI * hertz * index) / SOUND_RATE;
      real += sample * Math.cos(angle);
      imaginary += sample * Math.sin(angle);
    }
    return (2 * Math.hypot(real, imaginary)) / samples.length;
  }

  /** When it first becomes bright, and when loud, from this time on. */
  onset(fromSeconds: number): { readonly bright: number; readonly loud: number } {
    const whole = { x: 0, y: 0, width: this.#width, height: this.#pictureBytes / 3 / this.#width };
    let picture = Math.ceil((fromSeconds * 1000) / PICTURE_MS);
    const secondsOf = (index: number): number => (index * PICTURE_MS) / 1000;
    while (secondsOf(picture) < this.seconds && this.picture(secondsOf(picture)).at(whole)[1] < 128) picture += 1;
    const bright = secondsOf(picture);
    const first = this.#sound.findIndex((value, index) => index >= fromSeconds * SOUND_RATE && Math.abs(value) > 0.1);
    return { bright, loud: first / SOUND_RATE };
  }
}

async function codedClip({ colour, hertz, seconds, flashes = false }: IsolatedGuest): Promise<Clip> {
  const folder = await mkdtemp(join(tmpdir(), 'weir-isolated-'));
  try {
    const [video, sound] = [join(folder, 'h264'), join(folder, 'opus')];
    const dark = flashes ? `,drawbox=c=0x101010:t=fill:enable='gte(mod(t\\,1)\\,0.1)'` : '';
    const loudness = flashes ? 'lt(mod(t,1),0.1)*0.5' : '0.15';
    await run(await programPath(FFMPEG), [
      ...`-v error -y -f lavfi -t ${seconds} -i`.split(' '),
      `color=${colour}:size=${SIZE.width}x${SIZE.height}:rate=30${dark}`,
      ...`-f lavfi -t ${seconds + 0.1} -i`.split(' '),
      `aevalsrc=exprs='${loudness}*sin(2*PI*${hertz}*t)':sample_rate=${SOUND_RATE}`,
      ...'-map 0:v -c:v libx264 -preset ultrafast -bf 0 -pix_fmt yuv420p -g 30 -sc_threshold 0'.split(' '),
      ...'-x264-params aud=1:repeat-headers=1:sliced-threads=0 -f h264'.split(' '),
      video,
      ...'-map 1:a -c:a libopus -b:a 96k -application lowdelay -frame_duration 20 -f ogg'.split(' '),
      sound,
    ]);
    return await Clip.read(video, sound);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function framesOf(clip: Clip, { startSeconds, mutedSeconds = [0, 0] }: IsolatedGuest, source: number): GuestFrame[] {
  const startMs = startSeconds * 1000;
  const plain = { timestamp: 0, arrivedAtMs: 0, hasBSlices: false };
  const pictures = clip.video.map(({ nalUnits, keyFrame }, index): GuestFrame => {
    const timeMs = startMs + index * PICTURE_MS;
    const size = keyFrame ? SIZE : { width: 0, height: 0 };
    return { ...plain, ...size, kind: 'video', codec: 'h264', source, timeMs, isKey: keyFrame, units: nalUnits };
  });
  const sounds = clip.audio.map((packet, index): GuestFrame => {
    const timeMs = startMs + index * SOUND_MS;
    const size = { width: 0, height: 0 };
    return {
      ...plain,
      ...size,
      kind: 'audio',
      codec: 'opus',
      source: source + 1,
      timeMs,
      isKey: true,
      units: [packet],
    };
  });
  const [fromMs, toMs] = mutedSeconds.map((seconds) => startMs + 1000 * seconds) as [number, number];
  const sent = sounds.filter(({ timeMs }) => timeMs < fromMs || timeMs >= toMs);
  return [...pictures, ...sent].sort((one, other) => one.timeMs - other.timeMs);
}

async function decoded(input: Uint8Array, args: readonly string[]): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'weir-decoded-'));
  const [from, to] = [join(folder, 'from'), join(folder, 'to')];
  try {
    await writeFile(from, input);
    await run(await programPath(FFMPEG), ['-v', 'error', '-y', '-i', from, ...args, to]);
    return await readFile(to);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function failed(message: string): never {
  throw new Error(message);
}
