import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { RtcpWriter } from '@weir/rtp';
import { LocalSfu } from '../harness/local-sfu.js';

let sfu: LocalSfu;

beforeEach(async () => {
  sfu = await LocalSfu.open();
});
afterEach(async () => {
  vi.useRealTimers();
  await sfu.close();
});

function nack(sequences: readonly number[]): Uint8Array {
  const writer = new RtcpWriter();
  writer.receiverReport(1, []);
  writer.nack(1, 2000, sequences);
  return writer.bytes();
}

it('sends a lost packet again in the retransmission format (RFC 4588)', async () => {
  const publisher = await sfu.publish();
  const { peer, inbox } = await sfu.subscribe();
  publisher.video.frame(10, true);
  await inbox.until('the frame', () => inbox.of(2000).length === 10);
  const lost = inbox.of(2000)[4]!;
  peer.sendRtcp(nack([lost.sequenceNumber]));
  await inbox.until('the retransmission', () => inbox.of(2001).length === 1);
  const again = inbox.of(2001)[0]!;
  expect(again.payloadType).toBe(103);
  expect(again.timestamp).toBe(lost.timestamp);
  expect(again.payload.readUInt16BE(0)).toBe(lost.sequenceNumber);
  expect(again.payload.subarray(2)).toEqual(lost.payload);
});

it('sends a lost packet again as it was to a viewer without that format', async () => {
  const publisher = await sfu.publish();
  const datagrams: Buffer[] = [];
  const { peer, inbox } = await sfu.subscribe({
    rtx: false,
    events: { datagram: (packet) => void datagrams.push(Buffer.from(packet)) },
  });
  publisher.video.frame(10, true);
  await inbox.until('the frame', () => inbox.of(2000).length === 10);
  const lost = inbox.of(2000)[4]!.sequenceNumber;
  const copies = () => datagrams.filter((packet) => packet.readUInt32BE(8) === 2000 && packet.readUInt16BE(2) === lost);
  peer.sendRtcp(nack([lost]));
  await inbox.until('another packet', () => copies().length === 2 || peer.rejected > 0);
  expect(copies()[1]).toEqual(copies()[0]);
});

it('asks the publisher for what it lost and passes it on when it comes', async () => {
  const publisher = await sfu.publish();
  const { inbox } = await sfu.subscribe();
  const frame = publisher.video.make(5, true);
  const held = frame[2]!;
  for (const packet of frame) if (packet !== held) publisher.video.send(packet);
  await publisher.inbox.until('a NACK', () => publisher.inbox.feedback.some(({ kind }) => kind === 'nack'));
  const request = publisher.inbox.feedback.find((item) => item.kind === 'nack')!;
  expect(request.kind === 'nack' && request.packetId).toBe(held.extendedSequence);
  publisher.video.send(held);
  await inbox.until('the packet', () => inbox.of(2000).length === 5);
  const first = inbox.of(2000)[0]!.sequenceNumber;
  const late = inbox.of(2000)[4]!;
  expect(late.payload).toEqual(held.payload);
  expect((late.sequenceNumber - first) & 0xffff).toBe(2);
});

it('does not answer a storm of requests with a storm of packets', async () => {
  const publisher = await sfu.publish();
  const { peer, inbox } = await sfu.subscribe();
  publisher.video.frame(10, true);
  await inbox.until('the frame', () => inbox.of(2000).length === 10);
  const lost = inbox.of(2000)[4]!.sequenceNumber;
  const before = sfu.stats;
  // all of them come at one moment, however long the machine takes
  vi.useFakeTimers({ toFake: ['performance'] });
  for (let i = 0; i < 200; i++) peer.sendRtcp(nack([lost]));
  await inbox.until('a retransmission', () => inbox.of(2001).length > 0);
  publisher.video.frame();
  await inbox.until('the next frame', () => inbox.of(2000).length === 11);
  expect(sfu.stats.retransmissions - before.retransmissions).toBe(1);
});
