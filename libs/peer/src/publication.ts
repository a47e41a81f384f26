import { randomInt, randomUUID } from 'node:crypto';
import type { MediaKind, TrackCodec, TrackExtensions } from '@weir/rtp';
import { AnswerUnusable } from '@weir/whip';
import type { Answer } from '@weir/whip';
import type { HttpSession } from './http-session.js';
import { opusCodec, videoCodec } from './offered-codecs.js';
import type { VideoCodecName } from './offered-codecs.js';
import { openSession, PeerSession } from './peer-session.js';
import type { PeerSessionOptions } from './peer-session.js';
import type { Peer } from './peer.js';

/** What is published. */
export interface PublishOptions extends PeerSessionOptions {
  /** Default `h264`. */
  readonly video?: VideoCodecName;
  /** Default and only choice: `opus`. */
  readonly audio?: 'opus';
  /** Six hex digits that the offer claims for H.264; default 42e01f. */
  readonly profileLevelId?: string;
}

/** How to number the packets of one track. */
export interface PublicationTrack {
  readonly ssrc: number;
  /** For retransmissions; of use when there is an `rtxPayloadType`. */
  readonly rtxSsrc: number;
  readonly payloadType: number;
  readonly rtxPayloadType?: number;
  /** Hz. */
  readonly clockRate: number;
  /** What the server agreed to. */
  readonly extensions: TrackExtensions;
}

type Sources = Readonly<Record<MediaKind, { readonly ssrc: number; readonly rtxSsrc: number }>>;

/** A connected WHIP session. */
export class Publication extends PeerSession {
  readonly tracks: Readonly<Record<MediaKind, PublicationTrack>>;
  /** Canonical name (RFC 3550 6.5.1), the same for both tracks. */
  readonly cname: string;

  constructor(session: readonly [HttpSession, Answer, Peer], sources: Sources, cname: string) {
    super(...session);
    this.cname = cname;
    this.tracks = {
      audio: agreedTrack(this.answer, 'audio', sources),
      video: agreedTrack(this.answer, 'video', sources),
    };
  }
}

/** Publishes one audio and one video track to a WHIP endpoint; resolves when media may flow. */
export async function publish(endpoint: string, options: PublishOptions = {}): Promise<Publication> {
  const cname = randomUUID();
  const streamId = randomUUID();
  const sources: Sources = {
    audio: { ssrc: randomSsrc(), rtxSsrc: randomSsrc() },
    video: { ssrc: randomSsrc(), rtxSsrc: randomSsrc() },
  };
  const section = (kind: MediaKind, mid: string, codec: TrackCodec) => ({
    kind,
    mid,
    direction: 'sendonly' as const,
    codecs: [codec],
    extensions: {
      mid: 1,
      absSendTime: 2,
      absCaptureTime: 3,
      ...(kind === 'video' ? { videoOrientation: 4 } : { audioLevel: 5 }),
    },
    source: { ...(kind === 'video' ? sources.video : { ssrc: sources.audio.ssrc }), cname, streamId },
  });
  const sections = [
    section('audio', '0', opusCodec),
    section('video', '1', videoCodec(options.video ?? 'h264', options.profileLevelId)),
  ];
  const session = await openSession(endpoint, sections, options);
  try {
    return new Publication(session, sources, cname);
  } catch (error) {
    await new PeerSession(...session).stop();
    throw error;
  }
}

function agreedTrack(answer: Answer, kind: MediaKind, sources: Sources): PublicationTrack {
  const section = answer.sections.find((candidate) => candidate.kind === kind);
  const codec = section?.codecs[0];
  if (section === undefined || codec === undefined) throw new AnswerUnusable(`The answer refuses ${kind}.`);
  const { payloadType, rtxPayloadType, clockRate } = codec;
  const track = { ...sources[kind], payloadType, clockRate, extensions: section.extensions };
  return rtxPayloadType === undefined ? track : { ...track, rtxPayloadType };
}

function randomSsrc(): number {
  return randomInt(1, 2 ** 32);
}
