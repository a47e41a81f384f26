import type { Stats } from '@weir/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ChildFailed } from '../bench/loadgen/child-calls.js';
import { LoadGenerator } from '../bench/loadgen/load-generator.js';
import type { LoadFigures } from '../bench/loadgen/load-figures.js';
import { LoadProcess } from '../bench/loadgen/load-process.js';
import { SourceProcess } from '../bench/loadgen/source-process.js';
import { StreamSource } from '../bench/loadgen/stream-source.js';
import { WhepSignalling } from '../bench/loadgen/whep-signalling.js';
import { startServer, type WeirServer } from '../harness/weir-server.js';
import { until } from '../harness/until.js';

const VIEWERS = 20;
const PROBES = 4;

describe('load generator', () => {
  let server: WeirServer;
  let source: StreamSource;

  beforeAll(async () => {
    server = await startServer();
    const key = await server.createChannel('load');
    // So little that what comes all at once after a pause finds room everywhere.
    source = await StreamSource.publish(`${server.url}/whip/load`, key, { videoBps: 400_000 });
  });

  afterAll(async () => {
    await source.stop();
    await server.stop();
  });

  const openGenerator = (socketPerViewer: boolean): Promise<LoadGenerator> =>
    LoadGenerator.open({
      signalling: new WhepSignalling(`${server.url}/whep/load`),
      viewersMax: 64,
      probeEvery: VIEWERS / PROBES,
      socketPerViewer,
    });

  const packetsSent = async (): Promise<number> => {
    const headers = { authorization: `Bearer ${server.adminToken}` };
    const { workers } = (await (await fetch(`${server.url}/api/stats`, { headers })).json()) as Stats;
    return workers.reduce((total, worker) => total + worker.packetsSent, 0);
  };

  /** Waits until the server sends nothing any more and all that it sent was read; figures up to then. */
  const quiet = async (generator: LoadGenerator): Promise<LoadFigures[]> => {
    const figures: LoadFigures[] = [];
    let before = -1;
    const isQuiet = async (): Promise<boolean> => {
      const sent = await packetsSent();
      const isSame = sent === before;
      before = sent;
      figures.push(generator.takeFigures());
      return isSame && sent > 0 && figures.at(-1)?.packets === 0;
    };
    await until(isQuiet, { what: 'quiet', everyMs: 100 });
    return figures;
  };

  /** Plays at least 150 packets to viewers who have got all that was replayed; figures of the media from first to last. */
  const play = async (generator: LoadGenerator): Promise<{ published: number; figures: LoadFigures[] }> => {
    await quiet(generator);
    const before = source.packets;
    source.start();
    await until(() => source.packets > before + 150, { what: 'packets' });
    source.pause();
    const published = source.packets - before;
    const figures: LoadFigures[] = [];
    const hasAll = (): boolean => {
      figures.push(generator.takeFigures());
      return sum(figures, ({ packets }) => packets) >= published * VIEWERS;
    };
    await until(hasAll, { what: 'every packet at every viewer' });
    figures.push(...(await quiet(generator)));
    return { published, figures };
  };

  const sum = (figures: readonly LoadFigures[], count: (each: LoadFigures) => number): number =>
    figures.reduce((total, each) => total + count(each), 0);

  it.each([false, true])('counts every packet at every viewer, own sockets: %s', async (socketPerViewer) => {
    const generator = await openGenerator(socketPerViewer);
    const joins = await generator.grow(VIEWERS, { atOnce: 8 });
    expect(joins).toMatchObject({ joined: VIEWERS, failed: 0, reasons: [] });
    const { published, figures } = await play(generator);
    expect(sum(figures, ({ packets }) => packets)).toBe(published * VIEWERS);
    expect(sum(figures, ({ decryptedOk }) => decryptedOk)).toBe(published * PROBES);
    expect(sum(figures, ({ delayMs }) => delayMs.count)).toBe(published * PROBES);
    expect(sum(figures, ({ lost, duplicates, decryptFailed }) => lost + duplicates + decryptFailed)).toBe(0);
    expect(sum(figures, ({ kernelDrops, sendFailures, ended }) => kernelDrops + sendFailures + ended)).toBe(0);
    expect(generator.size).toBe(VIEWERS);
    await generator.close();
  });

  it('tells the time to the first packet of each who joined, and that nobody is left in the end', async () => {
    const generator = await openGenerator(false);
    source.start();
    await generator.grow(VIEWERS, { perSecond: 200 });
    let seen = 0;
    await until(() => (seen += generator.takeFigures().firstPacketMs.count) >= VIEWERS, { what: 'first packets' });
    expect(seen).toBe(VIEWERS);
    await generator.leave(5);
    expect(generator.size).toBe(5);
    await generator.grow(VIEWERS, { atOnce: 4 });
    expect(generator.size).toBe(VIEWERS);
    await generator.close();
    expect(generator.size).toBe(0);
    source.pause();
  });

  it('gets retransmissions for what it asks for again', async () => {
    const generator = await openGenerator(false);
    generator.setRates({ nackShare: 0.05, reportsPerSecond: 5 });
    await generator.grow(VIEWERS, { atOnce: 8 });
    source.start();
    const got = { rtx: 0, nacks: 0, reports: 0, rtcp: 0 };
    const collect = (): boolean => {
      const { rtxPackets, nacksSent, reportsSent, rtcpPackets } = generator.takeFigures();
      got.rtx += rtxPackets;
      got.nacks += nacksSent;
      got.reports += reportsSent;
      got.rtcp += rtcpPackets;
      return got.rtx > 20 && got.reports > VIEWERS && got.rtcp > 0;
    };
    await until(collect, { what: 'retransmissions and reports' });
    expect(got.rtx).toBeLessThanOrEqual(got.nacks);
    source.pause();
    await generator.close();
  });

  it('tells why viewers could not join', async () => {
    const generator = await LoadGenerator.open({ signalling: new WhepSignalling(`${server.url}/whep/nobody`) });
    const joins = await generator.grow(3, { atOnce: 3 });
    expect(joins).toMatchObject({ joined: 0, failed: 3 });
    expect(joins.reasons.join()).toContain('404');
    expect(generator.takeFigures().joinFailures).toBe(3);
    await generator.close();
  });

  it('works from processes of its own, which end when they are told to', async () => {
    const key = await server.createChannel('apart');
    const publisher = await SourceProcess.start({ endpoint: `${server.url}/whip/apart`, key });
    const load = await LoadProcess.start({ target: `${server.url}/whep/apart`, probeEvery: 5 });
    await publisher.play();
    await expect(load.grow(VIEWERS, { atOnce: 8 })).resolves.toMatchObject({ joined: VIEWERS, failed: 0 });
    const arrived = async (): Promise<boolean> => (await load.takeFigures()).delayMs.count > 0;
    await until(arrived, { what: 'live packets' });
    await load.leave();
    await expect(load.takeFigures()).resolves.toMatchObject({ viewers: 0, decryptFailed: 0, ended: 0 });
    await expect(publisher.takeFigures()).resolves.toHaveProperty('packets', expect.any(Number));
    await Promise.all([load.stop(), publisher.stop()]);
    await expect(load.takeFigures()).rejects.toThrow(ChildFailed);
  });
});
