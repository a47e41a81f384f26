import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { RtcpWriter } from '@weir/rtp';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { LocalSfu } from '../harness/local-sfu.js';
import { until } from '../harness/until.js';

let sfu: LocalSfu;

beforeEach(async () => {
  sfu = await LocalSfu.open();
});
afterEach(() => sfu.close());

it('follows a viewer and a publisher to another address', async () => {
  const publisher = await sfu.publish();
  const viewer = await sfu.subscribe();
  publisher.video.frame(2, true);
  await viewer.inbox.until('the picture', () => viewer.inbox.of(2000).length === 2);
  const port = viewer.peer.port;
  await viewer.peer.migrate();
  expect(viewer.peer.port).not.toBe(port);
  publisher.video.frame(2);
  await viewer.inbox.until('the picture at the new address', () => viewer.inbox.of(2000).length === 4);
  await publisher.peer.migrate();
  publisher.video.frame(2);
  await viewer.inbox.until('the picture from the new address', () => viewer.inbox.of(2000).length === 6);
});

it('keeps the media going over an ICE restart', async () => {
  const publisher = await sfu.publish();
  const viewer = await sfu.subscribe();
  publisher.video.frame(2, true);
  await viewer.inbox.until('the picture', () => viewer.inbox.of(2000).length === 2);
  await sfu.restartIce(viewer);
  await sfu.restartIce(publisher);
  publisher.video.frame(2);
  await viewer.inbox.until('the picture after the restarts', () => viewer.inbox.of(2000).length === 4);
});

it('drops what comes from an address that never proved the password, and what was sent before', async () => {
  const publisher = await sfu.publish();
  const viewer = await sfu.subscribe();
  const key = publisher.video.frame(2, true);
  await viewer.inbox.until('the picture', () => viewer.inbox.of(2000).length === 2);
  const foreign = createSocket('udp4');
  foreign.bind(0, '127.0.0.1');
  await once(foreign, 'listening');
  const before = sfu.stats;
  for (const packet of key) foreign.send(packet.bytes, sfu.port, '127.0.0.1');
  for (const packet of key) publisher.video.send(packet);
  publisher.video.frame(2);
  await viewer.inbox.until('the next frame', () => viewer.inbox.of(2000).length >= 4);
  expect(viewer.inbox.of(2000)).toHaveLength(4);
  expect(sfu.stats.packetsReceived - before.packetsReceived).toBe(2);
  foreign.close();
});

it('gives the address of a viewer that vanished to the next one who is there', async () => {
  const publisher = await sfu.publish();
  const vanished = await sfu.subscribe();
  const peerPort = vanished.peer.port;
  vanished.peer.sendDatagram = () => {};
  vanished.peer.close();
  const viewer = await sfu.subscribe({ peerPort });
  publisher.video.frame(2, true);
  await viewer.inbox.until('the picture', () => viewer.inbox.of(2000).length === 2);
  sfu.worker.handle({ type: 'close', id: vanished.id, reason: 'client-left' });
  const [lost] = viewer.inbox.of(2000);
  const nack = new RtcpWriter();
  nack.nack(1, 2000, [lost!.sequenceNumber]);
  viewer.peer.sendRtcp(nack.bytes());
  await viewer.inbox.until('the retransmission', () => viewer.inbox.of(2001).length === 1);
  expect(viewer.peer.rejected).toBe(0);
});

it('ends a session that falls silent', async () => {
  const viewer = await sfu.subscribe();
  const publisher = await sfu.publish();
  let nowMs = performance.now();
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => nowMs);
  try {
    // A second at a time, in each of which the publisher is heard.
    while (sfu.closedBecause(viewer.id) === undefined) {
      const { packetsReceived } = sfu.stats;
      publisher.audio.frame();
      await until(() => sfu.stats.packetsReceived > packetsReceived, { what: 'sound', everyMs: 1 });
      nowMs += 1000;
    }
  } finally {
    clock.mockRestore();
  }
  expect(sfu.closedBecause(viewer.id)).toBe('ice-timeout');
  expect(await viewer.peer.closed).toBe('remote');
  expect(sfu.closedBecause(publisher.id)).toBeUndefined();
});

it('connects and plays over IPv6', async () => {
  const publisher = await sfu.publish({ address: '::1' });
  const viewer = await sfu.subscribe({ address: '::1' });
  publisher.video.frame(2, true);
  await viewer.inbox.until('the picture', () => viewer.inbox.of(2000).length === 2);
});
