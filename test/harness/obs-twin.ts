import { type AccessUnit, type Clip, ClipPlayer } from '@weir/demo';
import {
  Audio,
  H264RtpPacketizer,
  PeerConnection,
  RtcpNackResponder,
  RtcpSrReporter,
  RtpPacketizationConfig,
  RtpPacketizer,
  type Track,
  Video,
} from 'node-datachannel';
import { until } from './until.js';

const AUDIO_SSRC = 1_303_485_186;
const VIDEO_SSRC = 1_303_485_187;
const CNAME = 'q0Zp3T8sWm2Xk7Ld';
const STREAM = 'YAXwMcZxyEt6HMCT';
const FRAGMENT_BYTES = 1200;
const START_CODE = Buffer.from([0, 0, 0, 1]);
const ACCESS_UNIT_DELIMITER = Buffer.from([0, 0, 0, 1, 9, 0xf0]);

/** What the twin publishes, and where. */
export interface ObsTwinOptions {
  /** The WHIP endpoint of the channel. */
  readonly url: string;
  readonly key: string;
  /** Any H.264 profile; the offer says 42e01f whatever it is, as OBS does. */
  readonly clip: Clip;
  /** Offers sound and sends none, as OBS does when no source is on the track; default false. */
  readonly isSilent?: boolean;
  /** Changes the server's answer, such as the addresses in it. */
  readonly shapeAnswer?: (sdp: string) => string;
}

/** The server did not do what OBS needs of it. */
export class ObsTwinFailed extends Error {
  override readonly name = 'ObsTwinFailed';
}

/**
 * Publishes as OBS Studio 32 does, on the same library: no candidate in the offer, no PATCH, key-frame requests
 * ignored, NACK answered, timestamps from 0, the delimiter, SPS and PPS as packets of their own.
 */
export class ObsTwin {
  readonly #connection: PeerConnection;
  readonly #options: ObsTwinOptions;
  readonly #location: string;
  readonly #timer: NodeJS.Timeout;

  private constructor(connection: PeerConnection, options: ObsTwinOptions, location: string, timer: NodeJS.Timeout) {
    this.#connection = connection;
    this.#options = options;
    this.#location = location;
    this.#timer = timer;
  }

  /** Publishes the clip in a loop; resolves when media flows. */
  static async publish(options: ObsTwinOptions): Promise<ObsTwin> {
    const connection = new PeerConnection('obs', { iceServers: [], disableAutoNegotiation: true });
    const audio = opusTrack(connection);
    const video = h264Track(connection);
    connection.setLocalDescription('offer');
    const offer = withoutCandidates(connection.localDescription()?.sdp ?? '');
    const { answer, location } = await post(options, offer);
    connection.setRemoteDescription(options.shapeAnswer?.(answer) ?? answer, 'answer');
    await until(() => audio.track.isOpen() && video.track.isOpen(), { what: 'open tracks', timeoutMs: 30_000 });
    const player = new ClipPlayer(options.clip, {
      video: (unit, timestamp) => video.send(byteStream(unit), timestamp),
      audio: (packet, timestamp) => {
        if (options.isSilent !== true) audio.send(Buffer.from(packet), timestamp);
      },
    });
    const began = performance.now();
    const timer = setInterval(() => player.advance(performance.now() - began), 5);
    return new ObsTwin(connection, options, location, timer);
  }

  /** `connected` as long as the session lives. */
  get state(): string {
    return this.#connection.state();
  }

  /** Falls silent at once, without a goodbye. */
  vanish(): void {
    clearInterval(this.#timer);
    this.#connection.close();
  }

  /** Ends the session with DELETE; returns its status, which OBS wants to be 200. */
  async stop(): Promise<number> {
    clearInterval(this.#timer);
    const headers = { authorization: `Bearer ${this.#options.key}`, 'user-agent': USER_AGENT };
    const response = await fetch(this.#location, { method: 'DELETE', headers });
    this.#connection.close();
    return response.status;
  }
}

const USER_AGENT = 'Mozilla/5.0 (OBS-Studio/32.2.2; Linux x86_64; en-US)';

interface TwinTrack {
  readonly track: Track;
  send(frame: Buffer, timestamp: number): void;
}

function opusTrack(connection: PeerConnection): TwinTrack {
  const audio = new Audio('0', 'SendOnly');
  audio.addOpusCodec(111, 'minptime=10;maxaveragebitrate=96000;stereo=1;sprop-stereo=1;useinbandfec=1');
  audio.addSSRC(AUDIO_SSRC, CNAME, STREAM, `${STREAM}-audio`);
  const config = new RtpPacketizationConfig(AUDIO_SSRC, CNAME, 111, 48_000);
  return withChain(connection.addTrack(audio), config, new RtpPacketizer(config));
}

function h264Track(connection: PeerConnection): TwinTrack {
  const video = new Video('1', 'SendOnly');
  video.addH264Codec(96, 'profile-level-id=42e01f;packetization-mode=1;level-asymmetry-allowed=1');
  video.addSSRC(VIDEO_SSRC, CNAME, STREAM, `${STREAM}-video`);
  const config = new RtpPacketizationConfig(VIDEO_SSRC, CNAME, 96, 90_000);
  return withChain(connection.addTrack(video), config, new H264RtpPacketizer('StartSequence', config, FRAGMENT_BYTES));
}

function withChain(track: Track, config: RtpPacketizationConfig, packetizer: RtpPacketizer): TwinTrack {
  packetizer.addToChain(new RtcpSrReporter(config));
  packetizer.addToChain(new RtcpNackResponder());
  track.setMediaHandler(packetizer);
  return {
    track,
    send(frame, timestamp) {
      config.timestamp = timestamp >>> 0;
      track.sendMessageBinary(frame);
    },
  };
}

async function post(options: ObsTwinOptions, offer: string): Promise<{ answer: string; location: string }> {
  const response = await fetch(options.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/sdp',
      authorization: `Bearer ${options.key}`,
      'user-agent': USER_AGENT,
    },
    body: offer,
    signal: AbortSignal.timeout(30_000),
  });
  const answer = await response.text();
  const location = response.headers.get('location');
  if (response.status !== 201 || location === null) throw new ObsTwinFailed(`POST: ${response.status} ${answer}`);
  return { answer, location: new URL(location, options.url).href };
}

/** What OBS posts: it gathers only after the answer. */
function withoutCandidates(sdp: string): string {
  return sdp
    .replaceAll(/^a=(candidate:.*|end-of-candidates)\r?\n/gm, '')
    .replaceAll(/^(m=\w+) \d+/gm, '$1 9')
    .replaceAll(/^c=IN IP\d .*$/gm, 'c=IN IP4 0.0.0.0');
}

function byteStream(unit: AccessUnit): Buffer {
  return Buffer.concat([ACCESS_UNIT_DELIMITER, ...unit.nalUnits.flatMap((nalUnit) => [START_CODE, nalUnit])]);
}
