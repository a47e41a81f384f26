import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startChromium } from '../harness/chromium.js';
import { firstPicture, openClockPage, publishClock, readClock } from '../harness/clock-page.js';
import { startServer } from '../harness/weir-server.js';
import { quantilesOf } from './loadgen/quantiles.js';
import { writeResults } from './results.js';
import { printTable } from './table.js';

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    ways: { type: 'string', default: '0,1,2,3,4' },
    joins: { type: 'string', default: '5' },
    out: { type: 'string', default: 'glass-to-glass.json' },
  },
});
const SETTLE_MS = 8000;
const PICTURE = { width: 1280, height: 720, codec: 'video/H264' };

type Row = Record<string, string | number>;

interface Way {
  readonly name: string;
  readonly query: string;
  readonly env: Readonly<Record<string, string>>;
  /** What viewers get in real time. */
  readonly whep?: 'source' | 'program';
}

const ways: readonly Way[] = [
  { name: 'WebRTC', query: '', env: {} },
  { name: 'LL-HLS, parts of 0.333 s', query: '?via=hls', env: {} },
  { name: 'LL-HLS, parts of 0.2 s', query: '?via=hls', env: { WEIR_HLS_PART_MS: '200' } },
  { name: 'LL-HLS, robust: parts of 0.5 s', query: '?via=hls', env: { WEIR_HLS_PROFILE: 'robust' } },
  { name: 'WebRTC, the program', query: '', env: {}, whep: 'program' },
];

/** From the drawing of a picture in one browser to its showing in another. */
async function measure({ name, query, env, whep = 'source' }: Way): Promise<Row> {
  const server = await startServer(env);
  const [publishing, watching] = await Promise.all([startChromium(), startChromium()]);
  try {
    const key = await server.createChannel('clock');
    await server.changeChannel('clock', { whep });
    const studio = await openClockPage(publishing, server.url);
    await publishClock(studio, `${server.url}/whip/clock`, key, PICTURE);
    const firstFrames: number[] = [];
    for (let join = 0; join < Number(options.joins); join++) {
      const page = await openClockPage(watching, `${server.url}/watch/clock${query}`);
      firstFrames.push(await firstPicture(page));
      if (join + 1 < Number(options.joins)) await page.context().close();
      else await pause(SETTLE_MS);
    }
    const page = watching.contexts().at(-1)!.pages()[0]!;
    const { ages, frames, stalls } = await readClock(page, Number(options.seconds));
    const age = quantilesOf(ages);
    return {
      way: name,
      'glass to glass p50 ms': age.p50,
      'p95 ms': age.p95,
      'pictures/s': frames / Number(options.seconds),
      'readable %': (100 * ages.length) / frames,
      stalls,
      'first start ms': firstFrames[0]!,
      'page to first frame, others, median ms': quantilesOf(firstFrames.slice(1)).p50,
    };
  } finally {
    await Promise.all([publishing.close(), watching.close()]);
    await server.stop();
    if (process.env['SHOW_LOG']) console.log(server.output);
  }
}

const rows: Row[] = [];
for (const way of options.ways.split(',').flatMap((index) => ways[Number(index)] ?? [])) {
  const row = await measure(way);
  printTable(way.name, [row]);
  rows.push(row);
}
printTable('Glass to glass', rows);
writeResults(options.out, { rows });
