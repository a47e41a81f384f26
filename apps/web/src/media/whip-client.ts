import { preferH264 } from './codec-preference.js';
import { Connection } from './connection.js';
import type { ConnectionState } from './connection.js';
import type { PicturePreset } from './publish-quality.js';
import type { RequestRefused } from './request-refused.js';
import { withStartBitrate, withStereo } from './sdp.js';

/** Kind of a media track. */
export type Kind = 'audio' | 'video';

/** What a WHIP client needs. */
export interface WhipClientOptions {
  readonly endpoint: string;
  /** Stream key. */
  readonly token: string;
  /** Asked when the server closed the session: true when the channel is live without us. */
  readonly isReplaced: () => Promise<boolean>;
  readonly onState: (state: ConnectionState, refusal?: RequestRefused) => void;
}

/** Publishes one audio and one video track over WHIP (RFC 9725) and keeps doing so through failures. */
export class WhipClient {
  readonly #tracks: Record<Kind, MediaStreamTrack | null> = { audio: null, video: null };
  readonly #senders = new Map<Kind, RTCRtpSender>();
  readonly #connection: Connection;
  #picture: PicturePreset | undefined;
  #soundBps = 0;
  #held = false;

  constructor(options: WhipClientOptions) {
    this.#connection = new Connection({
      ...options,
      shapeOffer: withStereo,
      shapeAnswer: (sdp) => withStartBitrate(withStereo(sdp), (this.#picture?.maxBps ?? 1_000_000) * 0.6),
      onPost: () => performance.mark('weir:post'),
      onState: (state, refusal) => {
        if (state === 'connected') void this.#activate();
        options.onState(state, refusal);
      },
      openPeer: (iceServers) => this.#openPeer(iceServers),
    });
  }

  get state(): ConnectionState {
    return this.#connection.state;
  }

  /** The current peer connection. */
  get peer(): RTCPeerConnection | undefined {
    return this.#connection.peer;
  }

  /** Publishes; the tracks set so far decide which kinds the stream has. `held` connects without sending anything until `release`. */
  start(held = false): void {
    this.#held = held;
    this.#connection.start();
  }

  /** Sends from now on; does nothing unless started as held. */
  release(): void {
    if (!this.#held) return;
    this.#held = false;
    void this.#activate();
  }

  /** Ends the session; idempotent. */
  stop(): void {
    this.#connection.stop();
    this.#senders.clear();
  }

  /** Ends the session as if the network had failed, so that coming back soon continues the stream. */
  suspend(): void {
    this.#connection.suspend();
  }

  /** Cuts a wait for the next try short, as when the page is looked at again. */
  retry(): void {
    this.#connection.retry();
  }

  /** To be called when the network changed or came back. */
  nudge(): void {
    this.#connection.nudge();
  }

  /** Sends another track of one kind from now on, or none; a kind that the offer lacked takes a new session. */
  async setTrack(kind: Kind, track: MediaStreamTrack | null): Promise<void> {
    this.#tracks[kind] = track;
    const sender = this.#senders.get(kind);
    if (sender !== undefined) await sender.replaceTrack(track);
    else if (track !== null) this.#connection.renew();
  }

  /** Bounds picture and sound; `soundBps` in bits per second. Takes effect at once, also while live. */
  async setQuality(picture: PicturePreset, soundBps: number): Promise<void> {
    this.#picture = picture;
    this.#soundBps = soundBps;
    await Promise.all([this.#bound('video', picture.maxBps), this.#bound('audio', soundBps)]);
  }

  #openPeer(iceServers: RTCIceServer[]): RTCPeerConnection {
    const peer = new RTCPeerConnection({ iceServers, bundlePolicy: 'max-bundle' });
    const stream = new MediaStream();
    this.#senders.clear();
    for (const kind of ['audio', 'video'] as const) {
      const track = this.#tracks[kind];
      if (track === null) continue;
      const maxBitrate = kind === 'video' ? this.#picture?.maxBps : this.#soundBps;
      const transceiver = peer.addTransceiver(track, {
        direction: 'sendonly',
        streams: [stream],
        sendEncodings: [{ ...(maxBitrate && { maxBitrate }), ...(this.#held && { active: false }) }],
      });
      this.#senders.set(kind, transceiver.sender);
      if (kind === 'video') preferOn(transceiver);
    }
    return peer;
  }

  async #bound(kind: Kind, maxBitrate: number): Promise<void> {
    await this.#encode(kind, (encoding) => {
      encoding.maxBitrate = maxBitrate;
      return true;
    });
  }

  async #activate(): Promise<void> {
    if (this.#held) return;
    const wake = (encoding: RTCRtpEncodingParameters) => {
      const slept = encoding.active === false;
      encoding.active = true;
      return slept;
    };
    await Promise.all([this.#encode('video', wake), this.#encode('audio', wake)]).catch(() => undefined);
  }

  /** `change` says whether it changed anything. */
  async #encode(kind: Kind, change: (encoding: RTCRtpEncodingParameters) => boolean): Promise<void> {
    const sender = this.#senders.get(kind);
    const parameters = sender?.getParameters();
    const encoding = parameters?.encodings[0];
    if (sender === undefined || parameters === undefined || encoding === undefined) return;
    if (change(encoding)) await sender.setParameters(parameters);
  }
}

function preferOn(transceiver: RTCRtpTransceiver): void {
  const codecs = globalThis.RTCRtpSender?.getCapabilities?.('video')?.codecs;
  if (codecs === undefined || typeof transceiver.setCodecPreferences !== 'function') return;
  try {
    transceiver.setCodecPreferences(preferH264(codecs));
  } catch {
    // Safari before 17 takes only the receiver's capabilities; its own order leads with H.264 as well.
  }
}
