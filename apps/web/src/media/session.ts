import { iceServersOf } from './link-header.js';
import { RequestRefused } from './request-refused.js';
import { restartedAnswer, restartFragment } from './sdp.js';

const REQUEST_TIMEOUT_MS = 8000;
const LEAVE_TIMEOUT_MS = 3000;

/** How a session talks to its WHIP or WHEP endpoint. */
export interface SessionOptions {
  readonly endpoint: string;
  /** Bearer token; none when undefined. */
  readonly token?: string | undefined;
  readonly shapeOffer: (sdp: string) => string;
  readonly shapeAnswer: (sdp: string) => string;
  /** Told right before the offer leaves. */
  readonly onPost: () => void;
}

/** One WHIP or WHEP session (RFC 9725 4.2): a peer connection and the HTTP resource that belongs to it. */
export class Session {
  readonly bornMs = performance.now();
  /** Filled by the answer; for the next session, as this one has gathered by then. */
  iceServers: RTCIceServer[] = [];
  #offer: string | undefined;
  #answer = '';
  #location: string | undefined;
  #closed = false;

  constructor(
    readonly peer: RTCPeerConnection,
    private readonly options: SessionOptions,
  ) {}

  /** Posts the offer without waiting for candidates, and applies the answer; may be called again after a refusal. */
  async open(signal: AbortSignal): Promise<void> {
    const gathering = this.#offer === undefined ? this.#describe() : undefined;
    const offer = this.#offer ?? (await gathering?.created) ?? '';
    this.options.onPost();
    const [response] = await Promise.all([this.#post(offer, signal), gathering?.applied()]);
    if (response.status !== 201) throw await RequestRefused.from(response);
    this.#location = new URL(response.headers.get('location') ?? '', response.url || location.href).href;
    this.iceServers = iceServersOf(response.headers.get('link'));
    this.#answer = this.options.shapeAnswer(await response.text());
    if (this.#closed) return this.#leave();
    await this.peer.setRemoteDescription({ type: 'answer', sdp: this.#answer });
  }

  /** Restarts ICE while media goes on (RFC 9725 4.3.3); throws when the server does not. */
  async restart(): Promise<void> {
    if (this.#location === undefined) throw new RequestRefused(404, 'no session');
    const offer = await this.peer.createOffer({ iceRestart: true });
    await this.peer.setLocalDescription({ type: 'offer', sdp: this.options.shapeOffer(offer.sdp ?? '') });
    const response = await fetch(this.#location, {
      method: 'PATCH',
      headers: this.#headers({ 'Content-Type': 'application/trickle-ice-sdpfrag', 'If-Match': '*' }),
      body: restartFragment(this.peer.localDescription?.sdp ?? ''),
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
    });
    if (response.status !== 200) throw await RequestRefused.from(response);
    const answer = restartedAnswer(this.#answer, await response.text());
    if (answer === undefined) throw new RequestRefused(502, 'no ICE credentials in the response');
    this.#answer = answer;
    await this.peer.setRemoteDescription({ type: 'answer', sdp: answer });
  }

  /** Deletes the resource, also while the page is going away, then ends the peer connection; idempotent. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    void this.#leave();
  }

  /** Ends the peer connection only: the server has ended the session already, or is to find out by itself. */
  abandon(): void {
    this.#location = undefined;
    this.close();
  }

  #describe(): { created: Promise<string>; applied: () => Promise<void> } {
    const created = this.peer.createOffer().then((offer) => {
      this.#offer = this.options.shapeOffer(offer.sdp ?? '');
      return this.#offer;
    });
    return { created, applied: async () => this.peer.setLocalDescription({ type: 'offer', sdp: await created }) };
  }

  async #post(offer: string, signal: AbortSignal): Promise<Response> {
    return fetch(this.options.endpoint, {
      method: 'POST',
      headers: this.#headers({ 'Content-Type': 'application/sdp' }),
      body: offer,
      signal: AbortSignal.any([signal, AbortSignal.timeout(REQUEST_TIMEOUT_MS)]),
    });
  }

  /** DELETE goes first: after the peer connection's own goodbye the resource would be unknown. */
  async #leave(): Promise<void> {
    const location = this.#location;
    this.#location = undefined;
    if (location !== undefined) {
      const signal = AbortSignal.timeout(LEAVE_TIMEOUT_MS);
      const request = { method: 'DELETE', headers: this.#headers({}), keepalive: true, signal };
      await fetch(location, request).catch(() => undefined);
    }
    this.peer.close();
  }

  #headers(headers: Record<string, string>): Record<string, string> {
    return this.options.token === undefined ? headers : { ...headers, Authorization: `Bearer ${this.options.token}` };
  }
}
