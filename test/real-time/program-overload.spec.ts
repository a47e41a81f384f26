import { expect, it } from 'vitest';
import { makeClip } from '../harness/feed-clip.js';
import { decodeFaults } from '../harness/program-media.js';
import { ProgramWatch } from '../harness/program-watch.js';
import { TapFeeder } from '../harness/tap-feeder.js';

const STOPPED_MS = 280;
const RUNNING_MS = 40;

it('gives up a rung when the encoder cannot keep up, and loses no time by it', async () => {
  const clip = await makeClip({ content: 'pattern', size: '640x360', seconds: 2, group: 60 });
  const watch = await ProgramWatch.start();
  const feeder = new TapFeeder(clip, (event) => watch.program.media('publisher', event));
  feeder.start();
  await watch.until(() => watch.parts.length > 0, 'a part');
  // An encoder that gets a small share of a core, as on a machine that is too small.
  const [pid] = watch.pidsOf('encoder');
  let isStopped = false;
  const turn = (): void => {
    if (!watch.pidsOf('encoder').includes(pid!)) return;
    isStopped = !isStopped;
    process.kill(pid!, isStopped ? 'SIGSTOP' : 'SIGCONT');
    timer = setTimeout(turn, isStopped ? STOPPED_MS : RUNNING_MS);
  };
  let timer = setTimeout(turn, 0);
  try {
    await watch.until(() => watch.state?.droppedRungs.length === 1, 'a rung less', 25_000);
    clearTimeout(timer);
    if (isStopped) process.kill(pid!, 'SIGCONT');
    await watch.until(() => watch.runsOf('audio').includes(1), 'the next run');
    await watch.runs(2);
    expect(watch.state).toMatchObject({ droppedRungs: ['240p'], reason: expect.stringContaining('240p') as string });
    expect(watch.endedTracks).toEqual(['240p']);
    for (const track of ['360p', 'audio']) {
      const [before, after] = [watch.partsOf(track, 0).at(-1)!, watch.partsOf(track, 1)[0]!];
      expect(after.segment).toBe(before.segment + 1);
      expect(after.startSeconds - before.startSeconds - before.durationSeconds).toBeLessThan(0.1);
      expect(await decodeFaults(watch.bytesOf(track, 1))).toBe('');
    }
    const samples = watch.samplesOf('360p', 0);
    for (const [index, { seconds }] of samples.entries())
      expect(seconds).toBeCloseTo(samples[0]!.seconds + index / 30, 3);
  } finally {
    clearTimeout(timer);
    feeder.stop();
    await watch.close();
  }
});
