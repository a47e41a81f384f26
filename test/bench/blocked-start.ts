import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { UpdateChannel } from '@weir/contract';
import type { Clip } from '@weir/demo';
import type { Page } from 'playwright-core';
import { openPage, startChromium } from '../harness/chromium.js';
import { flashClip, highClip } from '../harness/clips.js';
import { ObsTwin } from '../harness/obs-twin.js';
import { until } from '../harness/until.js';
import { startServer, type WeirServer } from '../harness/weir-server.js';
import { quantilesOf } from './loadgen/quantiles.js';
import { writeResults } from './results.js';
import { printTable } from './table.js';

const { values: options } = parseArgs({
  options: {
    visits: { type: 'string', default: '10' },
    watch: { type: 'string', default: '6000' },
    cases: { type: 'string', default: '0,1,2' },
    out: { type: 'string', default: 'blocked-start.json' },
  },
});

// RFC 5737: nobody is there, and what is sent there is lost.
const NOWHERE = '192.0.2.1';
const KEY_FRAME_INTERVAL_MS = 4000;
const shapeAnswer = (sdp: string) => sdp.replaceAll(NOWHERE, '127.0.0.1');

interface Case {
  readonly name: string;
  readonly channel: UpdateChannel;
  readonly clip: () => Promise<Clip>;
}

const cases: readonly Case[] = [
  { name: 'the program runs already', channel: { record: true }, clip: highClip },
  { name: 'nothing runs, encoder', channel: { record: false }, clip: highClip },
  { name: 'nothing runs, passthrough', channel: { record: false, hls: 'passthrough' }, clip: flashClip },
];

/** Milliseconds since the page was asked for. */
interface Visit {
  readonly askedMs: number;
  readonly processMs: number;
  readonly decoderMs: number;
  readonly encoderMs: number;
  readonly playlistMs: number;
  readonly pictureMs: number;
  readonly stalls: number;
}

type Row = Record<string, string | number>;

const READ = `(() => {
  const lists = performance.getEntriesByType('resource').filter(({ name }) => /\\/hls\\/[^/]+\\/index\\.m3u8$/.test(name));
  return {
    originMs: performance.timeOrigin,
    askedMs: lists[0]?.startTime,
    playlistMs: lists[0]?.responseEnd,
    pictureMs: performance.getEntriesByName('weir:first-frame')[0]?.startTime,
    stalls: window.weir?.stalls,
  };
})()`;

/** When a line was logged first that holds this text, Unix milliseconds. */
function loggedAtMs(server: WeirServer, channel: string, text: string): number {
  for (const line of server.output.split('\n')) {
    if (!line.includes(text) || !line.includes(`"${channel}"`)) continue;
    return Date.parse((JSON.parse(line) as { time: string }).time);
  }
  return Number.NaN;
}

async function watch(server: WeirServer, page: Page, channel: string): Promise<Visit> {
  await page.goto(`${server.url}/watch/${channel}`);
  const read = async () => {
    const told = (await page.evaluate(READ)) as Omit<Visit, 'processMs'> & { readonly originMs: number };
    return told.pictureMs === undefined ? undefined : told;
  };
  const told = await until(read, { what: 'a picture', timeoutMs: 30_000, everyMs: 100 });
  await pause(Number(options.watch));
  const { stalls } = (await page.evaluate(READ)) as Visit;
  const since = (text: string) => Math.max(0, loggedAtMs(server, channel, text) - told.originMs);
  const processMs = since('program started');
  return { ...told, stalls, processMs, decoderMs: since('decoder of pictures'), encoderMs: since('encoder started') };
}

/** Visits one channel after the other where no UDP gets to viewers, each at another moment of the group of pictures. */
async function measure({ name, channel: change, clip }: Case): Promise<Row> {
  const [server, browser] = await Promise.all([startServer({ WEIR_PUBLIC_ADDRESSES: NOWHERE }), startChromium()]);
  try {
    const visits: Visit[] = [];
    for (let visit = 0; visit <= Number(options.visits); visit++) {
      const channel = `cold-${visit}`;
      const key = await server.createChannel(channel);
      await server.changeChannel(channel, change);
      const url = `${server.url}/whip/${channel}`;
      const obs = await ObsTwin.publish({ url, key, clip: await clip(), shapeAnswer });
      const isKnown = async () =>
        (await (await fetch(`${server.url}/api/channels/${channel}`)).text()).includes('"width"');
      await until(isKnown, { what: 'a described stream' });
      if (change.record === true) {
        const hasHls = async () => (await fetch(`${server.url}/hls/${channel}/index.m3u8`)).ok;
        await until(hasHls, { what: 'HLS', timeoutMs: 30_000 });
      }
      await pause(KEY_FRAME_INTERVAL_MS + ((visit * 0.618 * KEY_FRAME_INTERVAL_MS) % KEY_FRAME_INTERVAL_MS));
      const page = await openPage(browser, 'about:blank');
      visits.push(await watch(server, page, channel));
      await page.context().close();
      await obs.stop();
    }
    // the first visit warms Chromium up
    const counted = visits.slice(1);
    const median = (of: (visit: Visit) => number): number | string => {
      const times = counted.map(of);
      return times.some(Number.isNaN) ? '' : Math.round(quantilesOf(times).p50);
    };
    return {
      case: name,
      visits: counted.length,
      'HLS asked for ms': median(({ askedMs }) => askedMs),
      'process ms': median(({ processMs }) => processMs),
      'decoder ms': median(({ decoderMs }) => decoderMs),
      'encoder ms': median(({ encoderMs }) => encoderMs),
      'playlist ms': median(({ playlistMs }) => playlistMs),
      'picture, median ms': median(({ pictureMs }) => pictureMs),
      'longest ms': Math.round(Math.max(...counted.map(({ pictureMs }) => pictureMs))),
      'ran dry afterwards': counted.reduce((sum, { stalls }) => sum + stalls, 0),
    };
  } finally {
    await browser.close();
    await server.stop();
    if (process.env['SHOW_LOG']) console.log(server.output);
  }
}

const rows: Row[] = [];
for (const one of options.cases.split(',').flatMap((index) => cases[Number(index)] ?? [])) {
  const row = await measure(one);
  printTable(one.name, [row]);
  rows.push(row);
}
printTable('The first picture where UDP is blocked, since the page was asked for', rows);
writeResults(options.out, { rows });
