import { once } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { createCertificate } from './certificate.js';
import { HandshakeDesk } from './handshake-desk.js';
import { HandshakeEndpoint } from './handshake-endpoint.js';
import type { DtlsRole, HandshakeReport, HandshakeRequest, SrtpKeyMaterial } from './handshake-protocol.js';
import { Outcome } from './outcome.fixture.js';

const certificates = Promise.all([createCertificate(), createCertificate()]);

/** The media worker's side of a desk: peers of its own at every session that it opens. */
class MediaWorkerTwin {
  readonly reports: HandshakeReport[] = [];
  readonly port: MessagePort;
  readonly #endpoints = new Map<number, HandshakeEndpoint>();
  readonly #watchers = new Set<() => void>();

  constructor(desk: HandshakeDesk) {
    const { port1, port2 } = new MessageChannel();
    desk.attach(port2);
    this.port = port1;
    port1.on('message', (report: HandshakeReport) => {
      if (report.type === 'datagram') this.#endpoints.get(report.session)?.receive(report.data);
      else this.reports.push(report);
      for (const watcher of this.#watchers) watcher();
    });
  }

  request(request: HandshakeRequest): void {
    this.port.postMessage(request, []);
  }

  /** Opens a session whose peer shakes hands; resolves with the peer's keys. */
  async connect(session: number, role: DtlsRole = 'server'): Promise<SrtpKeyMaterial> {
    const [ofDesk, ofPeer] = await certificates;
    const keys = new Outcome<SrtpKeyMaterial>();
    const endpoint = new HandshakeEndpoint(
      { role: role === 'server' ? 'client' : 'server', certificate: ofPeer, fingerprints: [ofDesk.fingerprint] },
      {
        datagram: (data) => this.request({ type: 'datagram', session, data }),
        keys: keys.resolve,
        failed: (reason) => keys.reject(new Error(reason)),
        closed: () => {},
      },
    );
    this.#endpoints.set(session, endpoint);
    const certificateFingerprint = ofDesk.fingerprint.value;
    this.request({ type: 'open', session, role, fingerprints: [ofPeer.fingerprint], certificateFingerprint });
    endpoint.start();
    return keys.promise;
  }

  /** Ends the peer of a session. */
  leave(session: number): void {
    this.#endpoints.get(session)?.close();
    this.#endpoints.delete(session);
  }

  async report(type: HandshakeReport['type'], session: number): Promise<HandshakeReport> {
    const outcome = new Outcome<HandshakeReport>();
    const watcher = (): void => {
      const found = this.reports.find((report) => report.type === type && report.session === session);
      if (found !== undefined) outcome.resolve(found);
    };
    this.#watchers.add(watcher);
    watcher();
    return outcome.promise.finally(() => this.#watchers.delete(watcher));
  }
}

describe('HandshakeDesk', () => {
  let desk = new HandshakeDesk();

  async function open(options: ConstructorParameters<typeof HandshakeDesk>[0] = {}): Promise<MediaWorkerTwin> {
    desk = new HandshakeDesk(options);
    desk.addCertificate((await certificates)[0]);
    return new MediaWorkerTwin(desk);
  }

  afterEach(() => desk.close());

  it.each(['server', 'client'] as const)('shakes hands as %s and reports the keys', async (role) => {
    const twin = await open();
    const peerKeys = await twin.connect(1, role);
    const report = await twin.report('keys', 1);
    expect(report.type === 'keys' && report.keys.localKey).toEqual(peerKeys.remoteKey);
  });

  it('agrees on the profile that its options prefer', async () => {
    const twin = await open({ srtpProfiles: [1, 7] });
    expect((await twin.connect(1)).profile).toBe(1);
  });

  it('serves several ports with the same session numbers', async () => {
    const twin = await open();
    const other = new MediaWorkerTwin(desk);
    await Promise.all([twin.connect(1), other.connect(1)]);
    expect((await twin.report('keys', 1)).type).toBe('keys');
    expect((await other.report('keys', 1)).type).toBe('keys');
    expect(desk.sessionCount).toBe(2);
  });

  it('works through more handshakes than it runs at once', async () => {
    const twin = await open({ concurrency: 2 });
    const sessions = Array.from({ length: 12 }, (_, index) => index);
    await Promise.all(sessions.map((session) => twin.connect(session)));
    expect(desk.sessionCount).toBe(12);
  });

  it('reports a peer that leaves and forgets it', async () => {
    const twin = await open();
    await twin.connect(5);
    await twin.report('keys', 5);
    twin.leave(5);
    await twin.report('closed', 5);
    expect(desk.sessionCount).toBe(0);
  });

  it('reports a peer that stops in the middle', async () => {
    const twin = await open({ timeoutMs: 30 });
    const [ofDesk, ofPeer] = await certificates;
    twin.request({
      type: 'open',
      session: 3,
      role: 'client',
      fingerprints: [ofPeer.fingerprint],
      certificateFingerprint: ofDesk.fingerprint.value,
    });
    expect(await twin.report('failed', 3)).toEqual({ type: 'failed', session: 3, reason: 'timeout' });
    expect(desk.sessionCount).toBe(0);
  });

  it('reports a certificate that it does not know', async () => {
    const twin = await open();
    desk.removeCertificate((await certificates)[0].fingerprint.value);
    void twin.connect(4).catch(() => {});
    expect(await twin.report('failed', 4)).toMatchObject({ reason: 'certificate is not known' });
    twin.leave(4);
  });

  it('forgets all sessions of a port that closes', async () => {
    const twin = await open();
    await twin.connect(1);
    twin.port.close();
    await once(twin.port, 'close');
    await expect.poll(() => desk.sessionCount).toBe(0);
  });

  it('leaves nothing running after 500 handshakes', { timeout: 60_000 }, async () => {
    const twin = await open();
    await twin.connect(0);
    twin.leave(0);
    await twin.report('closed', 0);
    const before = process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
    for (let session = 1; session <= 500; session += 1) {
      await twin.connect(session);
      await twin.report('keys', session);
      if (session % 2 === 0) {
        twin.leave(session);
        await twin.report('closed', session);
      } else {
        twin.request({ type: 'close', session });
        twin.leave(session);
      }
      twin.reports.length = 0;
    }
    await expect.poll(() => desk.sessionCount).toBe(0);
    const after = process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
    expect(after).toBeLessThanOrEqual(before);
  });
});
