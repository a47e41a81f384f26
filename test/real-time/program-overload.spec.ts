import { expect, it } from 'vitest';
import { makeClip } from '../harness/feed-clip.js';
import { decodeFaults } from '../harness/program-media.js';
import { ProgramWatch } from '../harness/program-watch.js';
import { TapFeeder } from '../harness/tap-feeder.js';

/** Pictures wait for the encoder then, and it can still make up for them. */
const BEHIND_SECONDS = 1.5;
const TURN_MS = 20;

it('gives up a rung when the encoder cannot keep up, and loses no time by it', async () => {
  const clip = await makeClip({ content: 'pattern', size: '640x360', seconds: 2, group: 60 });
  const watch = await ProgramWatch.start();
  const feeder = new TapFeeder(clip, (event) => watch.program.media('publisher', event));
  feeder.start();
  await watch.until(() => watch.parts.length > 0, 'a part');
  // An encoder that is always behind, as on a machine that is too small: it stands still whenever it has nearly caught up.
  let stopped: number | undefined;
  const resume = (): void => {
    if (stopped !== undefined) signal(stopped, 'SIGCONT');
    stopped = undefined;
  };
  const turn = (): void => {
    const [pid] = watch.pidsOf('encoder');
    const isBehind = Date.now() - watch.options.originMs > 1000 * (watch.endSeconds() + BEHIND_SECONDS);
    if (isBehind || pid !== stopped) resume();
    if (isBehind || pid === undefined || isGivenUp()) return;
    stopped = pid;
    signal(pid, 'SIGSTOP');
  };
  const isGivenUp = (): boolean => watch.state?.droppedRungs.length === 1;
  const timer = setInterval(turn, TURN_MS);
  try {
    await watch.until(isGivenUp, 'a rung less', 60_000);
    clearInterval(timer);
    resume();
    const lastRun = (track: string): number => Math.max(...watch.runsOf(track));
    await watch.until(() => lastRun('audio') > lastRun('240p'), 'the next run');
    await watch.runs(2);
    const run = lastRun('audio');
    expect(watch.state).toMatchObject({ droppedRungs: ['240p'], reason: expect.stringContaining('240p') as string });
    expect(watch.endedTracks).toEqual(['240p']);
    for (const track of ['360p', 'audio']) {
      const [before, after] = [watch.partsOf(track, run - 1).at(-1)!, watch.partsOf(track, run)[0]!];
      expect(after.segment).toBe(before.segment + 1);
      expect(after.startSeconds - before.startSeconds - before.durationSeconds).toBeLessThan(0.1);
      expect(await decodeFaults(watch.bytesOf(track, run))).toBe('');
    }
    const samples = watch.samplesOf('360p', run - 1);
    for (const [index, { seconds }] of samples.entries())
      expect(seconds).toBeCloseTo(samples[0]!.seconds + index / 30, 3);
  } finally {
    clearInterval(timer);
    resume();
    feeder.stop();
    await watch.close();
  }
});

/** Sends a signal to a process, which may be gone. */
function signal(pid: number, name: 'SIGSTOP' | 'SIGCONT'): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
