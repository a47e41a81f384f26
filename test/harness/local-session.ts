import { randomBytes, randomUUID } from 'node:crypto';
import type { Certificate } from '@weir/dtls';
import { createIceCredentials, ICE_CREDENTIAL_RANDOM_BYTES, type IceCredentials } from '@weir/ice';
import { opusCodec, Peer, type PeerEvents, type VideoCodecName, videoCodec } from '@weir/peer';
import type { PublishedTrack, SubscribedTrack } from '@weir/rtp';
import type { SessionOptions } from '@weir/sfu';
import { Inbox } from './inbox.js';
import { MediaSender } from './media-sender.js';

/** A session on a media worker with the peer that speaks to it. */
export interface LocalSession {
  readonly id: string;
  readonly peer: Peer;
  readonly inbox: Inbox;
  /** UDP port of the worker. */
  readonly port: number;
  /** Credentials of the worker's side. */
  readonly local: IceCredentials;
  /** Credentials of the peer's side. */
  readonly remote: IceCredentials;
}

/** A publisher with senders for its tracks. */
export interface LocalPublisher extends LocalSession {
  readonly audio: MediaSender;
  readonly video: MediaSender;
}

/** What differs from a session as usual. */
export interface LocalSessionOptions {
  readonly codec?: VideoCodecName;
  readonly rtx?: boolean;
  /** Simulcast layers of the publisher. */
  readonly rids?: readonly string[];
  readonly profile?: 1 | 7;
  /** Loopback address of both sides; default 127.0.0.1. */
  readonly address?: string;
  /** Port of the peer; default any. */
  readonly peerPort?: number;
  readonly events?: PeerEvents;
}

/** Asks a worker for a session and tells the port where it is reached. */
export type OpenSession<Track> = (options: SessionOptions & { readonly tracks: readonly Track[] }) => number;

/** A connected publisher of one audio and one video track; `certificate` is that of both sides. */
export async function publishLocally(
  certificate: Certificate,
  serverFingerprint: string,
  options: LocalSessionOptions,
  open: OpenSession<PublishedTrack>,
): Promise<LocalPublisher> {
  const video = videoCodec(options.codec ?? 'h264');
  const ssrc = randomBytes(4).readUInt32BE() & 0x7fff_fff0;
  const track = (kind: 'audio' | 'video', mid: string, offset: number): PublishedTrack => ({
    kind,
    mid,
    codecs: [kind === 'video' ? video : opusCodec],
    extensions: kind === 'audio' ? { mid: 1, audioLevel: 3 } : { mid: 1, rid: 2 },
    rids: kind === 'video' ? (options.rids ?? []) : [],
    ssrcs: options.rids === undefined ? [ssrc + offset] : [],
    rtxSsrcs:
      kind === 'video' && options.rids === undefined ? [{ primary: ssrc + offset, rtx: ssrc + offset + 1 }] : [],
  });
  const tracks = [track('audio', '0', 0), track('video', '1', 1)];
  const session = await connect(certificate, serverFingerprint, options, (base) => open({ ...base, tracks }));
  return {
    ...session,
    audio: new MediaSender(session.peer, { ssrc, payloadType: opusCodec.payloadType, ticksPerFrame: 960 }),
    video: new MediaSender(session.peer, { ssrc: ssrc + 1, payloadType: video.payloadType, ticksPerFrame: 3000 }),
  };
}

/** A connected viewer: audio comes with SSRC 1000, video with 2000, retransmissions with one more. */
export function subscribeLocally(
  certificate: Certificate,
  serverFingerprint: string,
  options: LocalSessionOptions,
  open: OpenSession<SubscribedTrack>,
): Promise<LocalSession> {
  const video = videoCodec(options.codec ?? 'h264');
  const { rtxPayloadType: _unused, ...withoutRtx } = video;
  const track = (kind: 'audio' | 'video', mid: string, ssrc: number): SubscribedTrack => ({
    kind,
    mid,
    codecs: [kind === 'audio' ? opusCodec : options.rtx === false ? withoutRtx : video],
    extensions: { mid: 1 },
    ssrc,
    rtxSsrc: ssrc + 1,
    cname: 'test',
  });
  const tracks = [track('audio', '0', 1000), track('video', '1', 2000)];
  return connect(certificate, serverFingerprint, options, (base) => open({ ...base, tracks }));
}

/** New credentials of one side. */
export function newCredentials(): IceCredentials {
  return createIceCredentials(randomBytes(ICE_CREDENTIAL_RANDOM_BYTES));
}

async function connect(
  certificate: Certificate,
  serverFingerprint: string,
  options: LocalSessionOptions,
  open: (base: SessionOptions) => number,
): Promise<LocalSession> {
  const [local, remote] = [newCredentials(), newCredentials()];
  const id = randomUUID();
  const port = open({
    id,
    local,
    remote,
    dtlsRole: 'server',
    remoteFingerprints: [certificate.fingerprint],
    certificateFingerprint: serverFingerprint,
  });
  const inbox = new Inbox();
  const address = options.address ?? '127.0.0.1';
  const peer = await Peer.connect({
    local: remote,
    remote: local,
    candidates: [{ address, port }],
    dtlsRole: 'client',
    certificate,
    fingerprints: [{ algorithm: 'sha-256', value: serverFingerprint }],
    address,
    localPort: options.peerPort ?? 0,
    srtpProfiles: [options.profile ?? 7],
    events: {
      rtp: (packet, length) => inbox.rtp(packet, length),
      rtcp: (packet, length) => inbox.rtcp(packet, length),
      ...options.events,
    },
  });
  return { id, peer, inbox, port, local, remote };
}
