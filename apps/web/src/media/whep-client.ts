import { Connection } from './connection.js';
import type { ConnectionState } from './connection.js';
import type { RequestRefused } from './request-refused.js';
import { withStereo } from './sdp.js';

/** What a WHEP client needs. */
export interface WhepClientOptions {
  readonly endpoint: string;
  /** Viewer token; none when undefined. */
  readonly token?: string | undefined;
  /** Told when a session has tracks to show: the first at once, a later one when its media comes. */
  readonly onStream: (stream: MediaStream) => void;
  readonly onState: (state: ConnectionState, refusal?: RequestRefused) => void;
  /** Told of refusals after which it tries again. */
  readonly onRefusal?: ((refusal: RequestRefused) => void) | undefined;
}

interface OlderReceiver {
  playoutDelayHint?: number;
}

/** Plays one stream over WHEP with as little delay as the browser allows, and keeps doing so through failures. */
export class WhepClient {
  readonly #connection: Connection;
  #shown = false;

  constructor(private readonly options: WhepClientOptions) {
    this.#connection = new Connection({
      ...options,
      shapeOffer: withStereo,
      shapeAnswer: (sdp) => sdp,
      isReplaced: async () => false,
      onPost: () => performance.mark('weir:post'),
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

  /** Plays as soon as the channel is live. */
  start(): void {
    this.#connection.start();
  }

  /** Ends the session; idempotent. */
  stop(): void {
    this.#connection.stop();
    this.#shown = false;
  }

  /** To be called when the network changed or came back. */
  nudge(): void {
    this.#connection.nudge();
  }

  /** Cuts a wait short. */
  retry(): void {
    this.#connection.retry();
  }

  #openPeer(iceServers: RTCIceServer[]): RTCPeerConnection {
    const peer = new RTCPeerConnection({ iceServers, bundlePolicy: 'max-bundle' });
    const stream = new MediaStream();
    for (const kind of ['audio', 'video'] as const) {
      const { receiver } = peer.addTransceiver(kind, { direction: 'recvonly' });
      playAtOnce(receiver);
    }
    peer.addEventListener('track', ({ track }) => {
      stream.addTrack(track);
      if (!this.#shown) this.#show(stream);
      else track.addEventListener('unmute', () => this.#show(stream), { once: true });
    });
    return peer;
  }

  /** The old stream stays on screen until media of the new one comes, so that a reconnection freezes and never blinks. */
  #show(stream: MediaStream): void {
    this.#shown = true;
    this.options.onStream(stream);
  }
}

function playAtOnce(receiver: RTCRtpReceiver & OlderReceiver): void {
  receiver.jitterBufferTarget = 0;
  if ('playoutDelayHint' in receiver) receiver.playoutDelayHint = 0;
}
