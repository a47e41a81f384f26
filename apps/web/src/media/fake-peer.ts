/** Stands in for a peer connection where a unit spec is about decisions only; it carries no media. */
export class FakePeer extends EventTarget {
  connectionState: RTCPeerConnectionState = 'new';
  signalingState: RTCSignalingState = 'stable';
  localDescription: RTCSessionDescriptionInit | null = null;
  remoteDescription: RTCSessionDescriptionInit | null = null;
  readonly transport = Object.assign(new EventTarget(), { state: 'new' as RTCDtlsTransportState });
  readonly transceivers: FakeTransceiver[] = [];
  #offers = 0;

  /** The fake as the code under test sees it. */
  get asPeer(): RTCPeerConnection {
    return this as unknown as RTCPeerConnection;
  }

  async createOffer(): Promise<RTCSessionDescriptionInit> {
    this.#offers += 1;
    const section = `m=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:0\r\na=ice-ufrag:u${this.#offers}\r\na=ice-pwd:p${this.#offers}\r\n`;
    return { type: 'offer', sdp: `v=0\r\na=group:BUNDLE 0\r\n${section}` };
  }

  async setLocalDescription(description: RTCSessionDescriptionInit): Promise<void> {
    this.localDescription = description;
    this.signalingState = 'have-local-offer';
  }

  async setRemoteDescription(description: RTCSessionDescriptionInit): Promise<void> {
    this.remoteDescription = description;
    this.signalingState = 'stable';
  }

  addTransceiver(kindOrTrack: string | MediaStreamTrack, init: RTCRtpTransceiverInit): FakeTransceiver {
    const transceiver = new FakeTransceiver(this.transport, kindOrTrack, init);
    this.transceivers.push(transceiver);
    return transceiver;
  }

  getTransceivers(): FakeTransceiver[] {
    return this.transceivers;
  }

  /** Moves to a connection state, as the network would. */
  become(state: RTCPeerConnectionState): void {
    this.connectionState = state;
    this.dispatchEvent(new Event('connectionstatechange'));
  }

  /** Ends DTLS, as a server's close_notify does. */
  closedByServer(): void {
    this.transport.state = 'closed';
    this.transport.dispatchEvent(new Event('statechange'));
  }

  close(): void {
    this.connectionState = 'closed';
  }
}

/** A transceiver of a fake peer; remembers what was asked of it. */
export class FakeTransceiver {
  readonly sender;
  readonly receiver;

  constructor(
    transport: EventTarget,
    readonly kindOrTrack: string | MediaStreamTrack,
    readonly init: RTCRtpTransceiverInit,
  ) {
    const encodings = init.sendEncodings ?? [];
    this.sender = {
      transport,
      track: kindOrTrack as unknown,
      replaceTrack: async (track: MediaStreamTrack | null) => {
        this.sender.track = track;
      },
      getParameters: () => ({ encodings }),
      setParameters: async () => undefined,
    };
    this.receiver = { transport, jitterBufferTarget: null as number | null };
  }
}
