import { programSyncMs } from '../harness/program-media.js';
import type { ProgramWatch } from '../harness/program-watch.js';

const LONGEST_SECONDS = 15;

/** For whole flashes of a track of the first run the distance of their whole beeps, milliseconds; the program goes on until there are enough, or 15 s more. */
export async function enoughSyncMs(watch: ProgramWatch, track: string, enough: number): Promise<number[]> {
  for (let seconds = 0; ; seconds += 1) {
    const offsetsMs = await programSyncMs(watch, track);
    if (offsetsMs.length >= enough || seconds === LONGEST_SECONDS) return offsetsMs;
    await watch.runs(1);
  }
}
