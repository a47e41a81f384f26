import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { StreamDescription } from '@weir/rtp';
import { answerPublisher, answerSubscriber, checkOffer, parseFragment, writeFragment } from '@weir/whip';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SessionRefused } from './http-session.js';
import { freshCredentials, LiteServer } from './lite-server.fixture.js';
import { publish } from './publication.js';
import { play } from './subscription.js';

const stream: StreamDescription = { audio: { codec: 'opus' }, video: { codec: 'h264', profileLevelId: '42e01f' } };
const ids = { audioSsrc: 1, audioRtxSsrc: 2, videoSsrc: 3, videoRtxSsrc: 4, cname: 'c', streamId: 's' };

/** Answers like Weir for one session: `/whip` with the token `key`, `/whep` for everybody. */
class SignallingTwin {
  readonly requests: string[] = [];
  readonly media: LiteServer;
  readonly #http: Server;

  private constructor(media: LiteServer) {
    this.media = media;
    this.#http = createServer((request, response) => {
      void this.#serve(request, response);
    });
  }

  static async open(): Promise<SignallingTwin> {
    const twin = new SignallingTwin(await LiteServer.open());
    twin.#http.listen(0, '127.0.0.1');
    await once(twin.#http, 'listening');
    return twin;
  }

  url(path: string): string {
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}${path}`;
  }

  close(): void {
    this.media.close();
    this.#http.close();
    this.#http.closeAllConnections();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { status, headers = {}, body = '' } = await this.#answer(request);
    response.writeHead(status, headers);
    response.end(body);
  }

  async #answer(
    request: IncomingMessage,
  ): Promise<{ status: number; headers?: Record<string, string>; body?: string }> {
    const { method = '', url = '', headers } = request;
    this.requests.push(`${method} ${url}`);
    const body = await text(request);
    if (url.startsWith('/whip') && headers.authorization !== 'Bearer key') return { status: 401, body: 'no such key' };
    if (method === 'DELETE') return { status: 200 };
    if (method === 'PATCH') return this.#restart(body, headers['if-match']);
    const { media } = this;
    const offer = checkOffer(body, url === '/whip' ? 'publish' : 'play');
    const candidates = [{ address: '127.0.0.1', port: media.port, family: 4 as const }];
    const transport = { sessionId: '1', local: media.local, fingerprint: media.certificate.fingerprint, candidates };
    const { sdp, dtlsRole } =
      url === '/whip' ? answerPublisher(offer, transport) : answerSubscriber(offer, stream, transport, ids);
    media.accept({ remote: offer.ice, fingerprints: offer.fingerprints, dtlsRole });
    return { status: 201, headers: { location: `${url}/session/1`, etag: '"1"' }, body: sdp };
  }

  #restart(body: string, ifMatch = ''): { status: number; headers?: Record<string, string>; body?: string } {
    const remote = parseFragment(body).credentials;
    if (remote === undefined || ifMatch !== '*') return { status: 400 };
    const local = freshCredentials();
    this.media.restart(local, remote);
    const bundle = { media: 'audio', protocol: 'UDP/TLS/RTP/SAVPF', payloadType: 111, mids: ['0'] };
    return { status: 200, headers: { etag: '"2"' }, body: writeFragment(bundle, local, []) };
  }
}

describe('a session by HTTP', () => {
  let twin: SignallingTwin;

  beforeEach(async () => {
    twin = await SignallingTwin.open();
  });

  afterEach(() => twin.close());

  it('publishes audio and video and deletes itself once', async () => {
    const publication = await publish(twin.url('/whip'), { token: 'key', video: 'vp8' });
    const { audio, video } = publication.tracks;
    expect(audio).toMatchObject({ payloadType: 111, clockRate: 48_000, extensions: { mid: 1 } });
    expect(video).toMatchObject({ payloadType: 96, rtxPayloadType: 97, clockRate: 90_000 });
    expect(publication.etag).toBe('"1"');
    await publication.stop();
    await publication.stop();
    expect(twin.requests).toEqual(['POST /whip', 'DELETE /whip/session/1']);
    expect(await publication.peer.closed).toBe('local');
  });

  it.each(['actpass', 'active', 'passive'] as const)('plays after an offer with setup %s', async (setup) => {
    const subscription = await play(twin.url('/whep'), { setup });
    const codecs = subscription.answer.sections.map(({ codecs: [first] }) => first?.name);
    expect(codecs).toEqual(['opus', 'h264']);
    expect(subscription.answer.dtlsRole).toBe(setup === 'passive' ? 'server' : 'client');
    await subscription.stop();
  });

  it('restarts ICE by PATCH', async () => {
    const subscription = await play(twin.url('/whep'));
    await subscription.restartIce();
    expect(subscription.etag).toBe('"2"');
    await subscription.stop();
  });

  it('tells the status of a refusal', async () => {
    const refused = publish(twin.url('/whip'), { token: 'wrong' });
    await expect(refused).rejects.toThrow(SessionRefused);
    await expect(refused).rejects.toMatchObject({ status: 401 });
  });

  it('deletes the session of a peer that could not connect', async () => {
    const route = () => [{ address: '127.0.0.1', port: 9 }];
    await expect(play(twin.url('/whep'), { route, connectTimeoutMs: 60 })).rejects.toThrow('ICE');
    expect(twin.requests).toEqual(['POST /whep', 'DELETE /whep/session/1']);
  });
});
