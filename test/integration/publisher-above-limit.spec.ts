import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { play, publish } from '@weir/peer';
import { Inbox } from '../harness/inbox.js';
import { MediaSender } from '../harness/media-sender.js';
import { until } from '../harness/until.js';
import { startServer, type WeirServer } from '../harness/weir-server.js';

const LIMIT_BPS = 400_000;
const FRAME_MS = 20;
const GOODBYE = `above the limit of ${LIMIT_BPS} bit/s`;

let server: WeirServer;
let feed: NodeJS.Timeout | undefined;

beforeAll(async () => {
  server = await startServer({ WEIR_PUBLISH_MAX_BPS: String(LIMIT_BPS) });
});
afterEach(() => clearInterval(feed));
afterAll(() => server.stop());

it('tells a publisher its limit, cuts it with a reason when it stays above, and leaves others alone', async () => {
  const inboxes = [new Inbox(), new Inbox()];
  const words: Buffer[] = [];
  const [above, within] = await Promise.all(
    ['above', 'within'].map(async (channel, i) =>
      publish(`${server.url}/whip/${channel}`, {
        token: await server.createChannel(channel),
        events: {
          rtcp: (packet, length) => {
            inboxes[i]!.rtcp(packet, length);
            if (i === 0) words.push(Buffer.from(packet.subarray(0, length)));
          },
        },
      }),
    ),
  );
  const viewer = await play(`${server.url}/whep/above`);
  const senders = [above!, within!].map(({ peer, tracks }) => {
    const { ssrc, payloadType } = tracks.video;
    return new MediaSender(peer, { ssrc, payloadType, ticksPerFrame: 1800, payloadBytes: 500 });
  });
  let frames = 0;
  feed = setInterval(() => {
    senders[0]!.frame(8, frames === 0);
    senders[1]!.frame(1, frames === 0);
    frames++;
  }, FRAME_MS);

  // While packets get lost it is told less.
  const told = () => inboxes[0]!.feedback.flatMap((item) => (item.kind === 'remb' ? [item.bitrateBps] : []));
  await inboxes[0]!.until('its limit', () => told().includes(LIMIT_BPS));
  expect(Math.max(...told())).toBe(LIMIT_BPS);
  expect(await above!.peer.closed).toBe('remote');
  expect(words.some((packet) => packet.includes(GOODBYE))).toBe(true);
  const line = () => server.output.split('\n').find((text) => text.includes('publisher left'));
  expect(await until(line, { what: 'the line of log' })).toContain('above-limit');

  const session = await fetch(above!.sessionUrl);
  expect(session.status).toBe(404);
  expect(((await session.json()) as { detail: string }).detail).toContain('sent more than the server takes');
  for (const url of [within!.sessionUrl, viewer.sessionUrl]) expect((await fetch(url)).status).toBe(204);
});
