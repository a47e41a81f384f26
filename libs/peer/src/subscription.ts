import { opusCodec, videoCodec } from './offered-codecs.js';
import type { VideoCodecName } from './offered-codecs.js';
import { openSession, PeerSession } from './peer-session.js';
import type { PeerSessionOptions } from './peer-session.js';

/** What can be played. */
export interface PlayOptions extends PeerSessionOptions {
  /** Best first; default all. */
  readonly video?: readonly VideoCodecName[];
  /** Six hex digits that the offer claims for H.264; default 42e01f. */
  readonly profileLevelId?: string;
}

/** A connected WHEP session. */
export class Subscription extends PeerSession {}

/** Plays audio and video of a WHEP endpoint; resolves when media may flow. */
export async function play(endpoint: string, options: PlayOptions = {}): Promise<Subscription> {
  const video = options.video ?? ['h264', 'vp8', 'vp9', 'av1', 'h265'];
  const extensions = { mid: 1, absSendTime: 2, absCaptureTime: 3 };
  const sections = [
    { kind: 'audio', mid: '0', direction: 'recvonly', codecs: [opusCodec], extensions },
    {
      kind: 'video',
      mid: '1',
      direction: 'recvonly',
      codecs: video.map((name) => videoCodec(name, options.profileLevelId)),
      extensions: { ...extensions, playoutDelay: 4, videoOrientation: 5 },
    },
  ] as const;
  return new Subscription(...(await openSession(endpoint, sections, options)));
}
