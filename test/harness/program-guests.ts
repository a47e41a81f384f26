import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Clip, readOpusPackets } from '@weir/demo';
import { packetizeH264 } from '@weir/rtp';
import type { ArrangedGuest, Arrangement } from '@weir/stage';
import { CLIP_RATE, type FeedClip } from './feed-clip.js';
import { seededRandom } from './random.js';
import { FFMPEG, programPath } from './requirements.js';

const run = promisify(execFile);

/** What a guest is known by in the program. */
export interface GuestWish {
  /** Such as `0xd02020`. */
  readonly colour: string;
  /** Of its tone. */
  readonly hertz: number;
  readonly size?: string;
  /** Pictures a second; 30 divided by it has to be whole. Default 30. */
  readonly rate?: number;
}

/** A clip of two seconds of one colour and one tone, with a key frame each second. */
export async function guestClip({ colour, hertz, size = '192x108', rate = CLIP_RATE }: GuestWish): Promise<FeedClip> {
  const folder = await mkdtemp(join(tmpdir(), 'weir-guest-'));
  try {
    const [video, sound] = [join(folder, 'h264'), join(folder, 'sound')];
    const tone = `aevalsrc=exprs='0.15*sin(2*PI*${hertz}*t)':sample_rate=48000`;
    await run(await programPath(FFMPEG), [
      ...'-hide_banner -loglevel error -y -f lavfi -t 2 -i'.split(' '),
      `color=${colour}:size=${size}:rate=${rate}`,
      // So long that no test hears it begin anew: a tone clicks there.
      ...'-f lavfi -t 60 -i'.split(' '),
      tone,
      ...`-map 0:v -c:v libx264 -preset ultrafast -bf 0 -pix_fmt yuv420p -g ${rate} -keyint_min ${rate}`.split(' '),
      ...'-sc_threshold 0 -x264-params aud=1:repeat-headers=1:sliced-threads=0 -f h264'.split(' '),
      video,
      ...'-map 1:a -c:a libopus -b:a 96k -application lowdelay -frame_duration 20 -f ogg'.split(' '),
      sound,
    ]);
    const clip = await Clip.read(video, sound);
    const coded = clip.video.map(({ nalUnits, keyFrame }) => ({
      payloads: packetizeH264(nalUnits),
      isKey: keyFrame,
    }));
    const none = { payloads: [], isKey: false };
    // A feeder takes a picture every thirtieth of a second: those in between are empty.
    const between = Array.from({ length: CLIP_RATE / rate - 1 }, () => none);
    return {
      codec: 'h264',
      pictures: coded.flatMap((picture) => [picture, ...between]),
      sound: readOpusPackets(await readFile(sound)),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The same clip with most of what is coded in it replaced by noise. */
export function garbled(clip: FeedClip): FeedClip {
  const random = seededRandom(11);
  const noise = (bytes: Uint8Array): Uint8Array =>
    bytes.map((byte, at) => (at < 8 || random() < 0.4 ? byte : Math.floor(256 * random())));
  return {
    ...clip,
    pictures: clip.pictures.map(({ payloads, isKey }) => ({ payloads: payloads.map(noise), isKey })),
    sound: clip.sound.map(noise),
  };
}

/** An arrangement of these guests, plain but for what is told. */
export function arrangementOf(
  guests: readonly (string | (Partial<ArrangedGuest> & { readonly guest: string }))[],
  change: Partial<Arrangement> = {},
): Arrangement {
  const plain = { label: '', fit: 'cover', gain: 1, muted: false, hidden: false, shows: 'camera' } as const;
  return {
    layout: 'grid',
    guests: guests.map((one) => ({ ...plain, ...(typeof one === 'string' ? { guest: one } : one) })),
    pinned: null,
    labels: false,
    title: '',
    logo: null,
    background: null,
    card: null,
    transitionMs: 0,
    ...change,
  };
}
