import { arrangedScene, type Arrangement, type LayoutMode } from '@weir/stage';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Cast, CAST, CAST_CANVAS, CAST_TRACK, isOf, startCast } from '../harness/program-cast.js';
import { arrangementOf } from '../harness/program-guests.js';
import { decodeFaults } from '../harness/program-media.js';
import { picturesAt, ProgramSound } from '../harness/program-probe.js';

const NAMES = Object.keys(CAST);
const LAYOUTS: readonly LayoutMode[] = ['grid', 'spotlight', 'side-by-side', 'picture-in-picture', 'solo', 'screen'];
const CHANGES = 20;

interface Shown {
  readonly arrangement: Arrangement;
  readonly fromSeconds: number;
  readonly toSeconds: number;
}

let cast: Cast;
let sound: ProgramSound;
const shown: Shown[] = [];

/** Twenty scenes one after the other, each with another guest in front and another one muted. */
beforeAll(async () => {
  cast = await startCast(NAMES, arrangementOf(NAMES));
  const { watch } = cast;
  await watch.until(
    () =>
      watch.journal.some(
        (entry) => entry.type === 'guests' && entry.guests.filter((one) => one.hasPicture).length === 4,
      ),
    'four pictures',
  );
  for (let change = 0; change < CHANGES; change += 1) {
    const order = NAMES.map((_, index) => NAMES[(index + change) % NAMES.length]!);
    watch.program.arrange(
      arrangementOf(
        order.map((guest) => ({ guest, muted: guest === order[1], hidden: change % 7 === 6 && guest === order[3] })),
        {
          layout: LAYOUTS[change % LAYOUTS.length]!,
          pinned: order[0]!,
          transitionMs: change % 2 === 0 ? 0 : 250,
        },
      ),
    );
    const arranged = () => watch.journal.filter(({ type }) => type === 'arrangement')[change + 1];
    await watch.until(arranged, 'the arrangement');
    // So long that a picture or a sound which came late is not all that there is of it.
    await cast.calm(0.7);
  }
  await cast.close();
  const arranged = watch.journal.flatMap((entry) =>
    entry.type === 'arrangement' && entry.arrangement !== null
      ? [{ arrangement: entry.arrangement, fromSeconds: entry.seconds }]
      : [],
  );
  for (const [index, one] of arranged.entries()) {
    if (index > 0) shown.push({ ...one, toSeconds: arranged[index + 1]?.fromSeconds ?? watch.endSeconds() });
  }
  sound = await ProgramSound.of(watch);
}, 300_000);

afterAll(() => cast?.close());

describe('a stage of four guests', () => {
  it('shows each in its rectangle after each change, in the very pictures that the journal says', async () => {
    expect(shown).toHaveLength(CHANGES);
    const seconds = shown.flatMap(({ fromSeconds, toSeconds, arrangement }) => {
      const lastSeconds = toSeconds - 1 / 60;
      return [arrangement.transitionMs === 0 ? fromSeconds + 1 / 60 : lastSeconds, lastSeconds];
    });
    const pictures = await picturesAt(cast.watch, CAST_TRACK, seconds);
    for (const [index, { arrangement }] of shown.entries()) {
      const guests = NAMES.map((guest) => ({ guest, hasPicture: true, isStalled: false }));
      const scene = arrangedScene({ arrangement, guests, speaker: undefined, canvas: CAST_CANVAS, slateTitle: '' });
      for (const picture of pictures.slice(2 * index, 2 * index + 2)) {
        for (const { source, rect } of scene.layers) {
          // The small picture lies on the large one's corner, not on its middle.
          const probe = picture.at(rect);
          if (source.type === 'guest')
            expect(isOf(probe, source.guest), `${index} ${arrangement.layout} ${source.guest} ${probe.join()}`).toBe(
              true,
            );
        }
      }
    }
  });

  it('lets each be heard but the muted one, also those who are not seen', () => {
    for (const { arrangement, fromSeconds, toSeconds } of shown) {
      for (const { guest, muted } of arrangement.guests) {
        const amplitude = sound.loudest(CAST[guest]!.hertz, fromSeconds + 0.1, Math.min(toSeconds, sound.endSeconds));
        expect(amplitude > 0.05, `${guest} ${amplitude} at ${fromSeconds}`).toBe(!muted);
      }
    }
  });

  it('does so without a click, a gap or a discontinuity', async () => {
    const { watch } = cast;
    expect(watch.runsOf(CAST_TRACK)).toEqual([0]);
    for (const track of [CAST_TRACK, 'audio']) {
      const samples = watch.samplesOf(track, 0);
      const step = track === 'audio' ? 1024 / 48_000 : 1 / 30;
      for (const [index, { seconds }] of samples.entries())
        expect(seconds).toBeCloseTo(samples[0]!.seconds + index * step, 3);
      expect(await decodeFaults(watch.bytesOf(track, 0))).toBe('');
    }
    // Four tones, of which ffmpeg makes one channel, have no steeper slope than this.
    const steepest = Object.values(CAST).reduce((sum, { hertz }) => sum + (0.22 * 2 * Math.PI * hertz) / 48_000, 0);
    expect(sound.largestStep(shown[0]!.fromSeconds, shown.at(-1)!.toSeconds - 0.1)).toBeLessThan(1.2 * steepest);
  });
});
