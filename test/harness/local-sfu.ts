import { randomBytes, randomUUID } from 'node:crypto';
import { MessageChannel } from 'node:worker_threads';
import { type Certificate, createCertificate, HandshakeDesk } from '@weir/dtls';
import { createIceCredentials, ICE_CREDENTIAL_RANDOM_BYTES, type IceCredentials } from '@weir/ice';
import { opusCodec, Peer, type PeerEvents, type VideoCodecName, videoCodec } from '@weir/peer';
import type { PublishedTrack, StreamDescription, SubscribedTrack } from '@weir/rtp';
import { type CloseReason, MediaWorker, type SessionOptions, type WorkerOptions, type WorkerReport } from '@weir/sfu';
import type { WorkerStats } from '@weir/sfu';
import { Inbox } from './inbox.js';
import { MediaSender } from './media-sender.js';

const CHANNEL = 'test';

/** A session on the worker with the peer that speaks to it. */
export interface LocalSession {
  readonly id: string;
  readonly peer: Peer;
  readonly inbox: Inbox;
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
  readonly events?: PeerEvents;
}

/** A media worker and a handshake desk in this thread, on real sockets, with signalling by function call. */
export class LocalSfu {
  readonly worker: MediaWorker;
  readonly desk = new HandshakeDesk();
  /** Everything that the worker told, oldest first. */
  readonly reports: WorkerReport[] = [];
  readonly #certificate: Certificate;
  readonly #port: number;

  private constructor(worker: MediaWorker, certificate: Certificate, reports: WorkerReport[]) {
    this.worker = worker;
    this.reports = reports;
    this.#certificate = certificate;
    this.#port = reports.find((report) => report.type === 'ready')!.port;
    const { port1, port2 } = new MessageChannel();
    this.desk.addCertificate(certificate);
    this.desk.attach(port1);
    worker.handle({ type: 'handshakes', port: port2 });
  }

  static async open(options: Partial<WorkerOptions> = {}): Promise<LocalSfu> {
    const reports: WorkerReport[] = [];
    const worker = await MediaWorker.open(
      {
        port: 0,
        connectTimeoutMs: 15_000,
        iceTimeoutMs: 30_000,
        fastStartMaxBytes: 1_500_000,
        fastStartMaxMs: 5000,
        publishMaxBps: 20_000_000,
        ...options,
      },
      (report) => reports.push(report),
    );
    return new LocalSfu(worker, await createCertificate(), reports);
  }

  /** UDP port of the worker. */
  get port(): number {
    return this.#port;
  }

  /** The worker's figures now. */
  get stats(): WorkerStats {
    this.worker.handle({ type: 'stats', request: 0 });
    return this.reports.findLast((report) => report.type === 'stats')!.stats;
  }

  /** What the channel was last described as. */
  get description(): StreamDescription | undefined {
    return this.reports.findLast((report) => report.type === 'described')?.description;
  }

  /** Why a session ended; undefined while it goes on. */
  closedBecause(id: string): CloseReason | undefined {
    const report = this.reports.find((candidate) => candidate.type === 'closed' && candidate.id === id);
    return report?.type === 'closed' ? report.reason : undefined;
  }

  async publish(options: LocalSessionOptions = {}): Promise<LocalPublisher> {
    const video = videoCodec(options.codec ?? 'h264');
    const ssrc = randomBytes(4).readUInt32BE() & 0x7fff_fff0;
    const track = (kind: 'audio' | 'video', mid: string, offset: number): PublishedTrack => ({
      kind,
      mid,
      codecs: [kind === 'video' ? video : opusCodec],
      extensions: { mid: 1, rid: 2 },
      rids: kind === 'video' ? (options.rids ?? []) : [],
      ssrcs: options.rids === undefined ? [ssrc + offset] : [],
      rtxSsrcs:
        kind === 'video' && options.rids === undefined ? [{ primary: ssrc + offset, rtx: ssrc + offset + 1 }] : [],
    });
    const session = await this.#open(options, (base) =>
      this.worker.handle({
        type: 'publish',
        channel: CHANNEL,
        options: { ...base, tracks: [track('audio', '0', 0), track('video', '1', 1)] },
      }),
    );
    return {
      ...session,
      audio: new MediaSender(session.peer, { ssrc, payloadType: opusCodec.payloadType, ticksPerFrame: 960 }),
      video: new MediaSender(session.peer, { ssrc: ssrc + 1, payloadType: video.payloadType, ticksPerFrame: 3000 }),
    };
  }

  async subscribe(options: LocalSessionOptions = {}): Promise<LocalSession> {
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
    return this.#open(options, (base) =>
      this.worker.handle({
        type: 'subscribe',
        channel: CHANNEL,
        options: { ...base, tracks: [track('audio', '0', 1000), track('video', '1', 2000)] },
      }),
    );
  }

  /** New ICE credentials for a session, as a PATCH brings them. */
  async restartIce(session: LocalSession): Promise<void> {
    const [local, remote] = [credentials(), credentials()];
    this.worker.handle({ type: 'restart', id: session.id, local, remote });
    await session.peer.restartIce(remote, local);
  }

  async close(): Promise<void> {
    await this.worker.close();
    this.desk.close();
  }

  async #open(options: LocalSessionOptions, request: (base: SessionOptions) => void): Promise<LocalSession> {
    const [local, remote] = [credentials(), credentials()];
    const id = randomUUID();
    request({
      id,
      local,
      remote,
      dtlsRole: 'server',
      remoteFingerprints: [this.#certificate.fingerprint],
      certificateFingerprint: this.#certificate.fingerprint.value,
    });
    const inbox = new Inbox();
    const address = options.address ?? '127.0.0.1';
    const peer = await Peer.connect({
      local: remote,
      remote: local,
      candidates: [{ address, port: this.#port }],
      dtlsRole: 'client',
      certificate: this.#certificate,
      fingerprints: [this.#certificate.fingerprint],
      address,
      srtpProfiles: [options.profile ?? 7],
      events: {
        rtp: (packet, length) => inbox.rtp(packet, length),
        rtcp: (packet, length) => inbox.rtcp(packet, length),
        ...options.events,
      },
    });
    return { id, peer, inbox, local, remote };
  }
}

function credentials(): IceCredentials {
  return createIceCredentials(randomBytes(ICE_CREDENTIAL_RANDOM_BYTES));
}
