import type { Size } from '@weir/stage';
import { attributes, type ReadSegment } from '../../libs/hls/src/playlist-reader.fixture.js';
import { ffmpegOutput } from '../integration/ffmpeg-media.js';
import type { HlsListener } from './hls-listener.js';
import type { RgbPicture } from './show-picture.js';
import { FRAME_RATE, MONO, RGB } from './show-recording.js';
import { SOUND_RATE } from './show-sound.js';

/** Sound that a decoder begins with is not whole. */
const LEAD_MS = 100;

/** What has been told of a live program over HLS, by the time of the day. */
export class ShowMonitor {
  readonly #video: HlsListener;
  readonly #audio: HlsListener;
  readonly #size: Size;

  /** Of listeners that follow its tracks; `size` is that of the pictures. */
  constructor(video: HlsListener, audio: HlsListener, size: Size) {
    this.#video = video;
    this.#audio = audio;
    this.#size = size;
  }

  /** Until when both tracks have been told, Unix milliseconds. */
  get toldUntilMs(): number {
    return Math.min(...[this.#video, this.#audio].map((listener) => endMsOf(listedIn(listener).at(-1))));
  }

  /** What it shows at a time, Unix milliseconds. */
  async picture(timeMs: number): Promise<RgbPicture> {
    const { bytes, startMs } = await pieceOf(this.#video, timeMs, timeMs + 1);
    const index = Math.floor(((timeMs - startMs) / 1000) * FRAME_RATE);
    const args = ['-i', 'pipe:0', '-vf', `select=eq(n\\,${index}),${RGB}`, '-fps_mode', 'passthrough'];
    return { ...this.#size, rgb: await ffmpegOutput([...args, '-f', 'rawvideo', 'pipe:1'], bytes) };
  }

  /** What is heard in it from a time on, Unix milliseconds; mono of 48 kHz. */
  async sound(fromMs: number, forMs: number): Promise<Float32Array> {
    const { bytes, startMs } = await pieceOf(this.#audio, fromMs - LEAD_MS, fromMs + forMs);
    const samples = new Float32Array(Uint8Array.from(await ffmpegOutput(['-i', 'pipe:0', ...MONO], bytes)).buffer);
    const from = Math.round(((fromMs - startMs) / 1000) * SOUND_RATE);
    return samples.subarray(from, from + Math.round((forMs / 1000) * SOUND_RATE));
  }
}

/** Segments of the newest playlist whose time is known. */
function listedIn({ versions }: HlsListener): readonly ReadSegment[] {
  return (versions.at(-1)?.playlist.segments ?? []).filter(({ date }) => date !== undefined);
}

function endMsOf(segment: ReadSegment | undefined): number {
  if (segment === undefined) return 0;
  const seconds = segment.seconds ?? segment.parts.reduce((sum, part) => sum + part.seconds, 0);
  return Date.parse(segment.date!) + seconds * 1000;
}

/** The segments of a track that have anything from a time until another, as one file. */
async function pieceOf(
  listener: HlsListener,
  fromMs: number,
  toMs: number,
): Promise<{ bytes: Buffer; startMs: number }> {
  const segments = listedIn(listener).filter((one) => Date.parse(one.date!) < toMs && endMsOf(one) > fromMs);
  const names = segments.flatMap(({ uri, parts }) => (uri === undefined ? parts.map((part) => part.uri) : [uri]));
  const files = [];
  for (const name of [attributes(segments[0]!.map!).get('URI')!, ...names]) files.push(await listener.fetch(name));
  return { bytes: Buffer.concat(files), startMs: Date.parse(segments[0]!.date!) };
}
