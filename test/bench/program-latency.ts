import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Rung } from '@weir/program';
import { makeClip } from '../harness/feed-clip.js';
import { arrangementOf } from '../harness/program-guests.js';
import { ProgramRtp } from '../harness/program-rtp.js';
import { ProgramWatch } from '../harness/program-watch.js';
import { TapFeeder } from '../harness/tap-feeder.js';
import { quantilesOf } from './loadgen/quantiles.js';
import { writeResults } from './results.js';
import { printTable } from './table.js';

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '20' },
    warm: { type: 'string', default: '8' },
    cases: { type: 'string', default: '' },
    out: { type: 'string', default: 'program-latency.json' },
  },
});

const RUNGS: readonly Rung[] = [
  { name: '720p', height: 720, bitrateBps: 2_500_000 },
  { name: '480p', height: 480, bitrateBps: 1_200_000 },
  { name: '360p', height: 360, bitrateBps: 600_000 },
];
const GUESTS = ['anna', 'bert', 'cleo', 'dirk'];
/** A tick is composed so much after its time. */
const COMPOSED_AFTER_MS = 120;
const PICTURE_MS = 1000 / 30;
const SOUND_MS = 20;

type Row = Record<string, string | number>;

const cases = [
  { name: 'four guests, 720+480+360', guests: GUESTS, ladder: RUNGS },
  { name: 'two guests, 720', guests: GUESTS.slice(0, 2), ladder: RUNGS.slice(0, 1) },
] as const;

/** From the tick on which a picture is composed, or the sound of it taken, to its packets: what encoding and the ways to and from it take. */
async function measure({ name, guests, ladder }: (typeof cases)[number]): Promise<Row> {
  const clip = await makeClip({ content: 'pattern', size: '640x360', seconds: 4, group: 60 });
  const watch = await ProgramWatch.start({ ladder, arrangement: arrangementOf(guests, { layout: 'grid' }) });
  const rtp = new ProgramRtp(watch);
  const feeders = guests.map((guest) => new TapFeeder(clip, (event) => watch.program.media(guest, event)));
  watch.onKeyFrame = (guest) => feeders[guests.indexOf(guest)]?.wantKeyFrame();
  for (const feeder of feeders) feeder.start();
  watch.program.realTime(true);
  try {
    await watch.until(() => watch.parts.length > 0, 'a part', 30_000);
    await pause(Number(options.warm) * 1000);
    const [told, parts] = [rtp.reports.length, watch.parts.length];
    const ageOfParts: number[] = [];
    const untilMs = performance.now() + Number(options.seconds) * 1000;
    for (let counted = parts; performance.now() < untilMs; await pause(5))
      for (; counted < watch.parts.length; counted += 1) {
        const { startSeconds, durationSeconds } = watch.parts[counted]!;
        ageOfParts.push(Date.now() - watch.options.originMs - 1000 * (startSeconds + durationSeconds));
      }
    const ages = (kind: 'video' | 'audio', lengthMs: number): number[] =>
      rtp.reports.slice(told).flatMap(({ kind: of, packets, atMs }) => {
        const last = packets.at(-1)!.timestamp;
        return of === kind ? [atMs - rtp.unixMs(kind, last) - COMPOSED_AFTER_MS - lengthMs] : [];
      });
    const [picture, sound] = [quantilesOf(ages('video', 0)), quantilesOf(ages('audio', SOUND_MS - PICTURE_MS))];
    return {
      case: name,
      'picture composed to packets p50 ms': picture.p50,
      'p95 ms': picture.p95,
      'p99 ms': picture.p99,
      'sound taken to packets p50 ms': sound.p50,
      'sound p99 ms': sound.p99,
      'the same picture to the end of its part p50 ms': quantilesOf(ageOfParts).p50 - COMPOSED_AFTER_MS + PICTURE_MS,
      'tick lag p99 ms': watch.figures?.tickLagP99Ms ?? 0,
    };
  } finally {
    for (const feeder of feeders) feeder.stop();
    await watch.close();
  }
}

const rows: Row[] = [];
for (const one of cases) if (one.name.includes(options.cases)) rows.push(await measure(one));
printTable('A program in real time: from the picture to its packets', rows);
writeResults(options.out, { seconds: Number(options.seconds), rows });
