import { once } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { createCertificate } from '@weir/dtls';
import type { DtlsRole, SrtpProfile } from '@weir/dtls';
import { RtcpWriter, writeRtpHeader } from '@weir/rtp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freshCredentials, LiteServer } from './lite-server.fixture.js';
import { Peer, PeerNotConnected } from './peer.js';
import type { PeerOptions } from './peer.js';

const certificate = createCertificate();

function rtpPacket(sequenceNumber: number, text: string): Buffer {
  const packet = Buffer.alloc(100);
  const header = { payloadType: 96, sequenceNumber, timestamp: 0, ssrc: 1, marker: false };
  const headerLength = writeRtpHeader(packet, header);
  return packet.subarray(0, headerLength + packet.write(text, headerLength));
}

describe('Peer', () => {
  let server: LiteServer;
  let peer: Peer | undefined;

  beforeEach(async () => {
    server = await LiteServer.open();
  });

  afterEach(() => {
    peer?.close();
    server.close();
  });

  async function options(over: Partial<PeerOptions> = {}): Promise<PeerOptions> {
    const local = freshCredentials();
    const ours = await certificate;
    const dtlsRole = over.dtlsRole ?? 'client';
    server.accept({
      remote: local,
      fingerprints: [ours.fingerprint],
      dtlsRole: dtlsRole === 'client' ? 'server' : 'client',
    });
    return {
      local,
      remote: server.local,
      candidates: [{ address: '127.0.0.1', port: server.port }],
      dtlsRole,
      certificate: ours,
      fingerprints: [server.certificate.fingerprint],
      ...over,
    };
  }

  it.each([
    ['client', 1],
    ['client', 7],
    ['server', 1],
    ['server', 7],
  ] as [DtlsRole, SrtpProfile][])('exchanges RTP and RTCP as DTLS %s with profile %i', async (dtlsRole, profile) => {
    const received: string[] = [];
    const take = (packet: Buffer, length: number): number => received.push(packet.toString('hex', 0, length));
    peer = await Peer.connect(await options({ dtlsRole, srtpProfiles: [profile], events: { rtp: take, rtcp: take } }));
    const packet = rtpPacket(65_535, 'hello');
    const report = new RtcpWriter();
    report.receiverReport(7, []);
    peer.sendRtp(packet, packet.length, 65_535);
    peer.sendRtcp(report.bytes());
    const sent = [packet.toString('hex'), Buffer.from(report.bytes()).toString('hex')];
    await expect.poll(() => received).toEqual(sent);
  });

  it('shows datagrams as they arrive and decrypts nothing that nobody wants', async () => {
    let arrived: (packet: Buffer) => void = () => {};
    const first = new Promise<Buffer>((resolve) => (arrived = resolve));
    peer = await Peer.connect(await options({ events: { datagram: arrived } }));
    const packet = rtpPacket(1, 'hello');
    peer.sendRtp(packet, packet.length, 1);
    const datagram = await first;
    expect(datagram.subarray(0, 12)).toEqual(packet.subarray(0, 12));
    expect(datagram.includes('hello')).toBe(false);
    expect(peer.rejected).toBe(0);
  });

  it('tries candidates until one answers', async () => {
    const made = await options();
    const dead = { address: '127.0.0.1', port: 9 };
    peer = await Peer.connect({ ...made, candidates: [dead, ...made.candidates] });
    expect(peer.port).toBeGreaterThan(0);
  });

  it('goes on from another port', async () => {
    let echoed: (length: number) => void = () => {};
    const echo = new Promise<number>((resolve) => (echoed = resolve));
    peer = await Peer.connect(await options({ events: { rtp: (_packet, length) => echoed(length) } }));
    const before = peer.port;
    const moved = once(server, 'moved');
    await peer.migrate();
    expect(await moved).toEqual([peer.port]);
    expect(peer.port).not.toBe(before);
    const packet = rtpPacket(1, 'hello');
    peer.sendRtp(packet, packet.length, 1);
    expect(await echo).toBe(packet.length);
  });

  it('restarts ICE with other credentials', async () => {
    peer = await Peer.connect(await options());
    const [local, remote] = [freshCredentials(), freshCredentials()];
    server.restart(remote, local);
    const before = server.checks;
    await peer.restartIce(local, remote);
    expect(server.checks).toBeGreaterThan(before);
  });

  it('says goodbye when it closes', async () => {
    peer = await Peer.connect(await options());
    const closed = once(server, 'closed');
    peer.close();
    await closed;
    expect(await peer.closed).toBe('local');
  });

  it('ends when the other side leaves', async () => {
    peer = await Peer.connect(await options());
    server.leave();
    expect(await peer.closed).toBe('remote');
  });

  it('does not connect where nobody answers', async () => {
    const made = await options({ connectTimeoutMs: 60 });
    const candidates = [{ address: '127.0.0.1', port: 9 }];
    await expect(Peer.connect({ ...made, candidates })).rejects.toThrow(PeerNotConnected);
  });

  it('does not connect to a server with another certificate than announced', async () => {
    const made = await options();
    const { fingerprint } = await createCertificate();
    await expect(Peer.connect({ ...made, fingerprints: [fingerprint] })).rejects.toThrow(
      'DTLS: certificate is not the announced one',
    );
  });

  it('leaves nothing running', async () => {
    const running = (): number => process.getActiveResourcesInfo().length;
    const before = running();
    for (let round = 0; round < 20; round += 1) {
      const connected = await Peer.connect(await options());
      connected.close();
      await connected.closed;
    }
    // not by a poll, whose own timer counts
    for (let turns = 0; turns < 100 && running() > before; turns += 1) await turn();
    expect(running()).toBeLessThanOrEqual(before);
  });
});
