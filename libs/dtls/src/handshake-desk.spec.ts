import { once } from 'node:events';
import { MessageChannel, Worker } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { createCertificate } from './certificate.js';
import { HandshakeDesk } from './handshake-desk.js';
import { HandshakeEndpoint } from './handshake-endpoint.js';
import type {
  DtlsRole,
  HandshakeFarewell,
  HandshakeReport,
  HandshakeRequest,
  SrtpKeyMaterial,
} from './handshake-protocol.js';
import { Outcome } from './outcome.fixture.js';

const certificates = Promise.all([createCertificate(), createCertificate()]);

/** The media worker's side of a desk: peers of its own at every session that it opens. */
class MediaWorkerTwin {
  readonly reports: HandshakeReport[] = [];
  readonly farewells: HandshakeFarewell[] = [];
  /** Sessions whose peers have been told goodbye. */
  readonly left: number[] = [];
  readonly port: MessagePort;
  readonly #endpoints = new Map<number, HandshakeEndpoint>();
  readonly #watchers = new Set<() => void>();

  constructor(desk: HandshakeDesk, worker?: number) {
    const { port1, port2 } = new MessageChannel();
    desk.attach(port2, worker);
    this.port = port1;
    port1.on('message', (report: HandshakeReport | HandshakeFarewell) => {
      if (report.type === 'farewell') this.farewells.push(report);
      else if (report.type === 'datagram') this.#endpoints.get(report.session)?.receive(report.data);
      else this.#note(report);
      for (const watcher of this.#watchers) watcher();
    });
  }

  #note(report: HandshakeReport): void {
    if (report.type === 'keys') for (const data of report.last) this.#endpoints.get(report.session)?.receive(data);
    this.reports.push(report);
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
        closed: () => this.left.push(session),
      },
    );
    this.#endpoints.set(session, endpoint);
    const certificateFingerprint = ofDesk.fingerprint.value;
    this.request({ type: 'open', session, role, fingerprints: [ofPeer.fingerprint], certificateFingerprint });
    endpoint.start();
    return keys.promise;
  }

  /** Opens a session whose peer is at a port of 192.0.2.1, shakes hands, and says so. */
  async connectAt(session: number, port: number): Promise<void> {
    await this.connect(session);
    this.request({ type: 'address', session, address: '192.0.2.1', port });
    await this.report('keys', session);
  }

  /** Gives a datagram to the peer of a session. */
  deliver(session: number, data: Uint8Array): void {
    this.#endpoints.get(session)?.receive(data);
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

  it('hands the goodbyes of a worker that died to its successor, once', async () => {
    await open();
    const dead = new MediaWorkerTwin(desk, 3);
    await dead.connectAt(1, 5001);
    await dead.connectAt(2, 5002);
    await dead.connectAt(3, 5003);
    dead.request({ type: 'address', session: 2, address: '198.51.100.7', port: 6002 });
    dead.request({ type: 'close', session: 3 });
    dead.port.close();
    await expect.poll(() => desk.sessionCount).toBe(0);

    const stranger = new MediaWorkerTwin(desk, 4);
    const successor = new MediaWorkerTwin(desk, 3);
    await expect.poll(() => successor.farewells.length).toBe(2);
    expect(successor.farewells.map(({ address, port }) => `${address}:${port}`)).toEqual([
      '192.0.2.1:5001',
      '198.51.100.7:6002',
    ]);
    successor.farewells.forEach(({ data }, index) => dead.deliver(index + 1, data));
    expect(dead.left).toEqual([1, 2]);
    const next = new MediaWorkerTwin(desk, 3);
    await next.connect(1);
    expect([...stranger.farewells, ...next.farewells]).toEqual([]);
  });

  it('knows that a worker died though its port was in its thread', async () => {
    await open();
    const { port1, port2 } = new MessageChannel();
    const thread = new Worker(
      `const { workerData, parentPort } = require('node:worker_threads');
       workerData.on('message', (message) => parentPort.postMessage(message));
       parentPort.on('message', (message) => workerData.postMessage(message));`,
      { eval: true, workerData: port2, transferList: [port2] },
    );
    await once(thread, 'online');
    desk.attach(port1, 1);
    const [ofDesk, ofPeer] = await certificates;
    const session = { session: 1, certificateFingerprint: ofDesk.fingerprint.value };
    const told = new Outcome<void>();
    const peer = new HandshakeEndpoint(
      { role: 'client', certificate: ofPeer, fingerprints: [ofDesk.fingerprint] },
      {
        datagram: (data) => thread.postMessage({ type: 'datagram', session: 1, data }),
        keys: () => {},
        failed: () => {},
        closed: told.resolve,
      },
    );
    const connected = new Outcome<void>();
    thread.on('message', (report: HandshakeReport) => {
      if (report.type === 'datagram') peer.receive(report.data);
      if (report.type !== 'keys') return;
      for (const data of report.last) peer.receive(data);
      connected.resolve();
    });
    thread.postMessage({ type: 'open', role: 'server', fingerprints: [ofPeer.fingerprint], ...session });
    thread.postMessage({ type: 'address', session: 1, address: '192.0.2.9', port: 9 });
    peer.start();
    await connected.promise;
    await thread.terminate();
    await expect.poll(() => desk.sessionCount).toBe(0);
    const successor = new MediaWorkerTwin(desk, 1);
    await expect.poll(() => successor.farewells.length).toBe(1);
    peer.receive(successor.farewells[0]?.data ?? expect.fail());
    await told.promise;
  });

  it('tells a successor that came before the end was known', async () => {
    await open();
    const dead = new MediaWorkerTwin(desk, 1);
    await dead.connectAt(1, 5001);
    const successor = new MediaWorkerTwin(desk, 1);
    dead.port.close();
    await expect.poll(() => successor.farewells.length).toBe(1);
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
