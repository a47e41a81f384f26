import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, it } from 'vitest';
import { keepFigures } from '../harness/artifact.js';
import { openPage, startChromium } from '../harness/chromium.js';
import { pictureChanges, received, sent, watchStretch } from '../harness/playback-probe.js';
import { rerouteMedia } from '../harness/reroute.js';
import { goLive } from '../harness/studio.js';
import { UdpProxy } from '../harness/udp-proxy.js';
import { until } from '../harness/until.js';
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
  await viewer.goto(`${server.url}/watch/rough?via=real-time`);

  // A network this bad may freeze for a moment; it must not stand still for a quarter of the time.
  const stretches = await watchStretch(viewer, FRAMES, ({ frozenSeconds, seconds }) => frozenSeconds < seconds / 4);
  await pictureChanges(viewer);

  const isRepaired = async (): Promise<boolean> => {
    const [seen, sentOut] = [(await received(viewer)).video, (await sent(studio)).video];
    const { nackCount = 0, retransmittedPacketsReceived = 0 } = seen ?? {};
    return nackCount > 0 && retransmittedPacketsReceived > 0 && (sentOut?.retransmittedPacketsSent ?? 0) > 0;
  };
  await until(isRepaired, { what: 'packets that were sent again on both ways' });

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
    stretches,
    network: { toServer: proxy.toServer.counts, toPeer: proxy.toPeer.counts },
  });
}, 400_000);
