import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { keepFigures } from '../harness/artifact.js';
import { openPage, startChromium } from '../harness/chromium.js';
import { moreFrames, pictureChanges, received, sent } from '../harness/playback-probe.js';
import { rerouteMedia } from '../harness/reroute.js';
import { goLive } from '../harness/studio.js';
import { UdpProxy } from '../harness/udp-proxy.js';
import { startServer, type WeirServer } from '../harness/weir-server.js';

const FRAMES = 600;
const LOSSY = { lossRate: 0.05, reorderRate: 0.01, duplicateRate: 0.01, delayMs: 10 };

let server: WeirServer;
let browser: Browser;
let proxy: UdpProxy;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), startChromium()]);
  const [toServer, toPeer] = [1, 2].map((seed) => ({ ...LOSSY, seed }));
  if (toServer && toPeer) proxy = await UdpProxy.open({ serverPort: server.rtcPort, toServer, toPeer });
});

afterAll(async () => {
  await browser?.close();
  await proxy?.close();
  await server?.stop();
});

it('keeps video playing when the publisher and the viewer both lose 5 % of all packets each way', async () => {
  const key = await server.createChannel('rough');
  const studio = await openPage(browser, `${server.url}/studio/rough`);
  await rerouteMedia(studio, proxy);
  await goLive(studio, key);
  const viewer = await openPage(browser, `${server.url}/`);
  await rerouteMedia(viewer, proxy);
  await viewer.goto(`${server.url}/watch/rough`);

  await moreFrames(viewer, FRAMES, 90_000);
  await pictureChanges(viewer);

  const [seen, sentOut] = [(await received(viewer)).video, (await sent(studio)).video];
  keepFigures('lossy-network', {
    publisher: {
      nacksReceived: sentOut?.nackCount,
      retransmitted: sentOut?.retransmittedPacketsSent,
      keyFrameRequests: sentOut?.pliCount,
      framesEncoded: sentOut?.framesEncoded,
    },
    viewer: {
      nacksSent: seen?.nackCount,
      retransmissionsReceived: seen?.retransmittedPacketsReceived,
      keyFrameRequests: seen?.pliCount,
      packetsLost: seen?.packetsLost,
      framesDecoded: seen?.framesDecoded,
      freezes: seen?.freezeCount,
      frozenSeconds: seen?.totalFreezesDuration,
    },
    network: { toServer: proxy.toServer.counts, toPeer: proxy.toPeer.counts },
  });
  expect(sentOut?.retransmittedPacketsSent).toBeGreaterThan(0);
  expect(seen?.nackCount).toBeGreaterThan(0);
  expect(seen?.retransmittedPacketsReceived).toBeGreaterThan(0);
  // A network this bad may freeze for a moment; it must not stand still for a quarter of the time.
  expect(seen?.totalFreezesDuration).toBeLessThan(FRAMES / 30 / 4);
});
