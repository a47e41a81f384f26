import { createHmac, randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { crc32 } from 'node:zlib';
import { type AccessUnit, type Clip, ClipPlayer, RtpTrack } from '@weir/demo';
import { type Certificate, createCertificate, HandshakeEndpoint, type SrtpKeyMaterial } from '@weir/dtls';
import { packetizeH264, RtcpWriter } from '@weir/rtp';
import { deriveSessionKeys, SRTCP_MAX_OVERHEAD_BYTES, SrtcpSender, SrtpSender } from '@weir/srtp';
import { type Answer, readAnswer } from '@weir/whip';
import { ffmpegOffer } from './ffmpeg-offer.js';

const STUN_REPEAT_MS = 100;
const REPORT_EVERY_MS = 5000;
const HANDSHAKE_TIMEOUT_MS = 30_000;

/** What the twin publishes, and where. */
export interface FfmpegTwinOptions {
  /** The WHIP endpoint of the channel. */
  readonly url: string;
  readonly key: string;
  readonly clip: Clip;
}

/** The server did not do what FFmpeg needs of it. */
export class FfmpegTwinFailed extends Error {
  override readonly name = 'FfmpegTwinFailed';
}

/**
 * Publishes as FFmpeg 8.0's `-f whip` does: DTLS server, the answer's first host candidate only, a check without
 * PRIORITY and role, and after the handshake neither a STUN request nor an answer to one for ever.
 */
export class FfmpegTwin {
  readonly #options: FfmpegTwinOptions;
  readonly #socket: Socket;
  readonly #remote: { readonly address: string; readonly port: number };
  readonly #timers = new Set<NodeJS.Timeout>();
  #endpoint: HandshakeEndpoint | undefined;
  #location = '';

  private constructor(
    socket: Socket,
    remote: { readonly address: string; readonly port: number },
    options: FfmpegTwinOptions,
  ) {
    this.#options = options;
    this.#socket = socket;
    this.#remote = remote;
  }

  /** Publishes the clip in a loop; resolves when media flows. */
  static async publish(options: FfmpegTwinOptions): Promise<FfmpegTwin> {
    const certificate = await createCertificate();
    const credentials = { ufrag: randomBytes(4).toString('hex'), pwd: randomBytes(16).toString('hex') };
    const offer = ffmpegOffer(credentials, certificate.fingerprint);
    const response = await fetch(options.url, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${options.key}`,
        'content-type': 'application/sdp',
        'cache-control': 'no-cache',
      },
      body: offer,
    });
    const sdp = await response.text();
    const location = response.headers.get('location');
    if (response.status !== 201 || location === null) throw new FfmpegTwinFailed(`POST: ${response.status} ${sdp}`);
    const answer = readAnswer(sdp);
    const socket = createSocket('udp4').bind(0, '0.0.0.0');
    await once(socket, 'listening');
    const twin = new FfmpegTwin(socket, firstHostCandidate(sdp), options);
    twin.#location = new URL(location, options.url).href;
    await twin.#check(answer, credentials.ufrag);
    twin.#play(await twin.#handshake(answer, certificate));
    return twin;
  }

  /** Ends the session with DELETE; returns its status. */
  async stop(): Promise<number> {
    for (const timer of this.#timers) clearInterval(timer);
    this.#endpoint?.close();
    this.#socket.close();
    const headers = { authorization: `Bearer ${this.#options.key}` };
    return (await fetch(this.#location, { method: 'DELETE', headers })).status;
  }

  async #check(answer: Answer, ufrag: string): Promise<void> {
    const request = bindingRequest(`${answer.ice.ufrag}:${ufrag}`, answer.ice.pwd);
    const send = () => this.#send(request);
    const repeat = setInterval(send, STUN_REPEAT_MS);
    send();
    try {
      await once(this.#socket, 'message', { signal: AbortSignal.timeout(HANDSHAKE_TIMEOUT_MS) });
    } catch (error) {
      throw new FfmpegTwinFailed('The server did not answer the check.', { cause: error });
    } finally {
      clearInterval(repeat);
    }
  }

  #handshake(answer: Answer, certificate: Certificate): Promise<SrtpKeyMaterial> {
    return new Promise((resolve, reject) => {
      const endpoint = new HandshakeEndpoint(
        {
          role: answer.dtlsRole,
          certificate,
          fingerprints: answer.fingerprints,
          srtpProfiles: [1],
          timeoutMs: HANDSHAKE_TIMEOUT_MS,
        },
        {
          datagram: (data) => this.#send(data),
          keys: resolve,
          failed: (reason) => reject(new FfmpegTwinFailed(`DTLS: ${reason}`)),
          closed: () => undefined,
        },
      );
      this.#endpoint = endpoint;
      // RFC 7983 7: the first byte tells DTLS from STUN. Everything else is read and forgotten.
      this.#socket.on('message', (data) => {
        const first = data[0] ?? 0;
        if (first >= 20 && first <= 63) endpoint.receive(data);
      });
      endpoint.start();
    });
  }

  #play(keys: SrtpKeyMaterial): void {
    const sessionKeys = deriveSessionKeys(keys.profile, keys.localKey, keys.localSalt);
    const [rtp, rtcp] = [new SrtpSender(sessionKeys), new SrtcpSender(sessionKeys)];
    const send = (packet: Buffer, length: number, extendedSequence: number): void =>
      this.#send(packet.subarray(0, rtp.protect(packet, 12, length, extendedSequence)));
    const start = { cname: 'FFmpeg', firstSequence: 0, firstTimestamp: 0, send };
    const video = new RtpTrack({ ...start, ssrc: 4_267_647_087, payloadType: 106, clockRate: 90_000 });
    const audio = new RtpTrack({ ...start, ssrc: 4_267_647_086, payloadType: 111, clockRate: 48_000 });
    const player = new ClipPlayer(this.#options.clip, {
      video: (unit: AccessUnit, timestamp) => video.sendFrame(packetizeH264(unit.nalUnits), timestamp),
      audio: (packet, timestamp) => audio.sendFrame([packet], timestamp),
    });
    const began = performance.now();
    this.#every(5, () => player.advance(performance.now() - began));
    this.#every(REPORT_EVERY_MS, () => {
      for (const track of [video, audio]) {
        const writer = new RtcpWriter();
        track.writeReport(writer, Date.now(), performance.now() - began);
        const packet = Buffer.alloc(writer.length + SRTCP_MAX_OVERHEAD_BYTES);
        packet.set(writer.bytes());
        this.#send(packet.subarray(0, rtcp.protect(packet, writer.length)));
      }
    });
  }

  #every(periodMs: number, act: () => void): void {
    this.#timers.add(setInterval(act, periodMs));
  }

  #send(data: Uint8Array): void {
    // The socket sends later; what lies in a buffer that is used again must be copied.
    this.#socket.send(Buffer.from(data), this.#remote.port, this.#remote.address);
  }
}

/** FFmpeg scans the text for the first host candidate and takes no other; it must be UDP. */
function firstHostCandidate(sdp: string): { address: string; port: number } {
  const line = sdp.split('\n').find((text) => text.includes('typ host')) ?? '';
  const [, , protocol = '', , address = '', port = ''] = line.split(' ');
  if (protocol.toLowerCase() !== 'udp') throw new FfmpegTwinFailed(`The first host candidate is not UDP: ${line}`);
  return { address, port: Number(port) };
}

/** USERNAME, USE-CANDIDATE, MESSAGE-INTEGRITY, FINGERPRINT and nothing else (FFmpeg 8.0, `ice_create_request`). */
function bindingRequest(username: string, password: string): Buffer {
  const name = Buffer.alloc((username.length + 3) & ~3);
  name.write(username, 'latin1');
  const head = Buffer.from('00010000 2112a442'.replaceAll(' ', ''), 'hex');
  const covered = Buffer.concat([
    head,
    randomBytes(12),
    attribute(0x0006, username.length, name),
    attribute(0x0025, 0, Buffer.alloc(0)),
  ]);
  covered.writeUInt16BE(covered.length - 20 + 24, 2);
  const integrity = createHmac('sha1', password).update(covered).digest();
  const signed = Buffer.concat([covered, attribute(0x0008, 20, integrity)]);
  signed.writeUInt16BE(signed.length - 20 + 8, 2);
  const check = Buffer.alloc(4);
  check.writeUInt32BE((crc32(signed) ^ 0x5354554e) >>> 0);
  return Buffer.concat([signed, attribute(0x8028, 4, check)]);
}

function attribute(type: number, length: number, value: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16BE(type, 0);
  head.writeUInt16BE(length, 2);
  return Buffer.concat([head, value]);
}
