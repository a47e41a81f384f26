import { afterAll, beforeAll, expect, it } from 'vitest';
import { play, publish } from '@weir/peer';
import { Inbox } from '../harness/inbox.js';
import { MediaSender } from '../harness/media-sender.js';
import { startServer, type WeirServer } from '../harness/weir-server.js';

let server: WeirServer;

beforeAll(async () => {
  server = await startServer({ WEIR_RTC_WORKERS: '2', WEIR_RTC_PORT: '0' });
});
afterAll(() => server.stop());

it('puts two channels on two workers with a port each, and both play', async () => {
  const ports = new Set<number>();
  for (const channel of ['one', 'two']) {
    const publication = await publish(`${server.url}/whip/${channel}`, { token: await server.createChannel(channel) });
    for (const { port } of publication.answer.candidates) ports.add(port);
    const inbox = new Inbox();
    const subscription = await play(`${server.url}/whep/${channel}`, {
      events: { rtp: (packet, length) => inbox.rtp(packet, length) },
    });
    const { ssrc, payloadType } = publication.tracks.video;
    new MediaSender(publication.peer, { ssrc, payloadType, ticksPerFrame: 3000 }).frame(3, true);
    await inbox.until('the picture', () => inbox.packets.length === 3);
    expect(subscription.answer.candidates[0]!.port).toBe(publication.answer.candidates[0]!.port);
  }
  expect(ports.size).toBe(2);
});
