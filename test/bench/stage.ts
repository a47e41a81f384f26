import { loadavg } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Rung } from '@weir/program';
import type { LayoutMode } from '@weir/stage';
import { makeClip } from '../harness/feed-clip.js';
import { arrangementOf } from '../harness/program-guests.js';
import { ProgramWatch } from '../harness/program-watch.js';
import { TapFeeder } from '../harness/tap-feeder.js';
import { type CpuPart, CpuSplit } from './cpu-split.js';
import { writeResults } from './results.js';
import { printTable } from './table.js';

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '20' },
    warm: { type: 'string', default: '10' },
    cases: { type: 'string', default: '' },
    out: { type: 'string', default: 'stage.json' },
  },
});

const RUNGS: readonly Rung[] = [
  { name: '720p', height: 720, bitrateBps: 2_500_000 },
  { name: '480p', height: 480, bitrateBps: 1_200_000 },
  { name: '360p', height: 360, bitrateBps: 600_000 },
];
const GUESTS = ['anna', 'bert', 'cleo', 'dirk'];
const PARTS: readonly CpuPart[] = ['decode', 'compose', 'encode'];

interface Case {
  readonly name: string;
  readonly layout: LayoutMode;
  readonly ladder: readonly Rung[];
  readonly isPlain?: boolean;
  /** Told as packets too. */
  readonly isRealTime?: boolean;
}

const cases: readonly Case[] = [
  { name: 'grid 720+480+360', layout: 'grid', ladder: RUNGS },
  { name: 'grid 720+480+360 and real time', layout: 'grid', ladder: RUNGS, isRealTime: true },
  { name: 'spotlight 720+480+360', layout: 'spotlight', ladder: RUNGS },
  { name: 'grid 720+360', layout: 'grid', ladder: RUNGS.filter(({ height }) => height !== 480) },
  { name: 'grid 720', layout: 'grid', ladder: RUNGS.slice(0, 1) },
  { name: 'grid 720, no names or title', layout: 'grid', ladder: RUNGS.slice(0, 1), isPlain: true },
];

type Row = Record<string, string | number>;

const clip = await makeClip({ content: 'pattern', size: '640x360', seconds: 4, group: 60 });
const rows: Row[] = [];
for (const one of cases) if (one.name.includes(options.cases)) rows.push(await measure(one));
printTable('Four guests of 360p at 30 pictures a second on a stage of 720p: CPU in % of one core', rows);
writeResults(options.out, { seconds: Number(options.seconds), rows });

async function measure({ name, layout, ladder, isPlain = false, isRealTime = false }: Case): Promise<Row> {
  const arrangement = arrangementOf(
    GUESTS.map((guest) => ({ guest, label: isPlain ? '' : guest })),
    { layout, labels: !isPlain, title: isPlain ? '' : 'A title across the lower third', pinned: 'anna' },
  );
  const watch = await ProgramWatch.start({ ladder, arrangement });
  if (isRealTime) watch.program.realTime(true);
  const feeders = GUESTS.map((guest) => new TapFeeder(clip, (event) => watch.program.media(guest, event)));
  watch.onKeyFrame = (guest) => feeders[GUESTS.indexOf(guest)]?.wantKeyFrame();
  for (const feeder of feeders) feeder.start();
  try {
    await watch.until(() => watch.parts.length > 0, 'a part', 30_000);
    await pause(Number(options.warm) * 1000);
    const split = new CpuSplit(watch.program.pid!);
    const startedMs = performance.now();
    const lags: number[] = [];
    const loads: number[] = [];
    let seen = watch.figures;
    split.look();
    while (performance.now() - startedMs < Number(options.seconds) * 1000) {
      await pause(200);
      split.look();
      loads.push(loadavg()[0]!);
      if (watch.figures === seen) continue;
      seen = watch.figures;
      lags.push(seen!.tickLagP99Ms);
    }
    const seconds = (performance.now() - startedMs) / 1000;
    const percent = (part: CpuPart): number => (100 * split.seconds(part)) / seconds;
    return {
      case: name,
      ...Object.fromEntries(PARTS.map((part) => [`${part} %`, percent(part)])),
      'all %': PARTS.reduce((sum, part) => sum + percent(part), 0),
      'tick lag p50 ms': watch.figures?.tickLagP50Ms ?? 0,
      'p99 ms': watch.figures?.tickLagP99Ms ?? 0,
      'p99 ms, worst': Math.max(...lags),
      'rungs given up': watch.state?.droppedRungs.length ?? 0,
      'load of the machine': Math.max(...loads),
    };
  } finally {
    for (const feeder of feeders) feeder.stop();
    await watch.close();
  }
}
