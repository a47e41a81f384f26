import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { arrangedScene, type Arrangement, type JournalEntry, type Rect } from '@weir/stage';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeClip } from '../harness/feed-clip.js';
import { type Cast, CAST, CAST_CANVAS, CAST_TRACK, isGrey, isOf, startCast } from '../harness/program-cast.js';
import { arrangementOf, garbled, guestClip } from '../harness/program-guests.js';
import { decodeFaults } from '../harness/program-media.js';
import { picturesAt, type ProbedPicture, ProgramSound } from '../harness/program-probe.js';

const BOTH = arrangementOf(['anna', 'bert']);

let cast: Cast;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'weir-stage-'));
  cast = await startCast(['anna', 'bert'], BOTH);
  cast.watch.program.isolate(folder);
  await guestsAre((guests) => guests.filter(({ hasPicture }) => hasPicture).length === 2, 'both pictures');
}, 120_000);

afterAll(async () => {
  await cast?.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Standing {
  readonly guest: string;
  readonly hasPicture: boolean;
  readonly isStalled: boolean;
}

async function guestsAre(are: (guests: readonly Standing[]) => boolean, what: string): Promise<void> {
  const { watch } = cast;
  await watch.until(() => {
    const last = watch.journal.findLast(({ type }) => type === 'guests');
    return last?.type === 'guests' && are(last.guests);
  }, what);
}

function rectOf(id: string, arrangement: Arrangement, names?: readonly string[]): Rect {
  const present = names ?? arrangement.guests.map(({ guest }) => guest);
  const guests = present.map((guest) => ({ guest, hasPicture: true, isStalled: false }));
  const scene = arrangedScene({ arrangement, guests, speaker: undefined, canvas: CAST_CANVAS, slateTitle: '' });
  return scene.layers.find((layer) => layer.id === id)!.rect;
}

/** The newest picture that there is after so much more of the program. */
async function pictureIn(seconds: number): Promise<ProbedPicture> {
  await cast.calm(seconds);
  return (await picturesAt(cast.watch, CAST_TRACK, [cast.watch.endSeconds() - 0.1]))[0]!;
}

/** Who of the cast is heard in the last second of what there is after so much more of the program. */
async function heardIn(seconds: number): Promise<string[]> {
  await cast.calm(seconds);
  const sound = await ProgramSound.of(cast.watch);
  const { endSeconds } = sound;
  return Object.keys(CAST).filter((guest) => sound.loudest(CAST[guest]!.hertz, endSeconds - 1, endSeconds) > 0.05);
}

/** Whether what is in a guest's tile is its colour, soon. */
async function comesBack(guest: string, arrangement: Arrangement): Promise<void> {
  const rect = rectOf(`guest:${guest}`, arrangement);
  await expect.poll(async () => isOf((await pictureIn(0.3)).at(rect), guest), { timeout: 60_000 }).toBe(true);
}

/** The scenarios follow each other in one program, which none of them may interrupt. */
describe('a stage goes on without a discontinuity', () => {
  it('when the decoders of a guest are killed', async () => {
    const { watch } = cast;
    const pids = watch.pidsOf('decoder of pictures');
    for (const pid of [...pids, ...watch.pidsOf('decoder of sound')]) process.kill(pid, 'SIGKILL');
    await watch.until(() => (watch.figures?.decoderRestarts ?? 0) >= 2, 'other decoders');
    await comesBack('anna', BOTH);
    await comesBack('bert', BOTH);
  });

  it('when a guest sends garbage, which disturbs nobody else', async () => {
    const { feeders } = cast;
    const clip = await guestClip(CAST['bert']!);
    feeders['bert']!.clip = garbled(clip);
    const picture = await pictureIn(3);
    expect(isOf(picture.at(rectOf('guest:anna', BOTH)), 'anna')).toBe(true);
    expect(await heardIn(1)).toContain('anna');
    feeders['bert']!.clip = clip;
    await comesBack('bert', BOTH);
  });

  it('when a guest falls silent: its picture loses its colour after two seconds, and has it again when it is back', async () => {
    const { watch, feeders } = cast;
    await cast.calm(0.7);
    feeders['bert']!.stop();
    const [known, stoppedSeconds] = [watch.journal.length, (Date.now() - watch.options.originMs) / 1000];
    const isGreyIn = (entry: JournalEntry): boolean =>
      entry.type === 'guests' && entry.guests.some(({ guest, isStalled }) => guest === 'bert' && isStalled);
    const { seconds } = await watch.until(() => watch.journal.slice(known).find(isGreyIn), 'the grey');
    expect(seconds - stoppedSeconds).toBeGreaterThan(1.5);
    await watch.reaches(seconds + 0.3);
    const rect = rectOf('guest:bert', BOTH);
    const [before, after] = await picturesAt(watch, CAST_TRACK, [seconds - 0.3, seconds + 0.2]);
    expect([isOf(before!.at(rect), 'bert'), isGrey(after!.at(rect))]).toEqual([true, true]);
    expect(isOf((await pictureIn(0.7)).at(rectOf('guest:anna', BOTH)), 'anna')).toBe(true);
    feeders['bert']!.start();
    await comesBack('bert', BOTH);
  });

  it('when the picture of a guest freezes, who is heard all the same', async () => {
    const { feeders } = cast;
    feeders['bert']!.isVideoMuted = true;
    await guestsAre((guests) => guests.some(({ guest, isStalled }) => guest === 'bert' && isStalled), 'the grey');
    const frozen = await pictureIn(0.4);
    expect(isGrey(frozen.at(rectOf('guest:bert', BOTH)))).toBe(true);
    expect(await heardIn(1)).toContain('bert');
    feeders['bert']!.isVideoMuted = false;
    await comesBack('bert', BOTH);
  });

  it('when a guest turns the phone, in the same stream', async () => {
    const { watch, feeders } = cast;
    const faults = watch.figures?.decoderRestarts;
    feeders['bert']!.clip = await guestClip({ ...CAST['dirk']!, size: '108x192' });
    const rect = rectOf('guest:bert', BOTH);
    const corners = [0.05, 0.95].flatMap((x) => [0.05, 0.95].map((y) => [x, y] as const));
    const isFilled = async (guest: string): Promise<boolean> => {
      const picture = await pictureIn(0.3);
      return corners.every(([x, y]) => isOf(picture.at(rect, x, y), guest));
    };
    await expect.poll(() => isFilled('dirk'), { timeout: 60_000 }).toBe(true);
    feeders['bert']!.clip = await guestClip(CAST['bert']!);
    await expect.poll(() => isFilled('bert'), { timeout: 60_000 }).toBe(true);
    expect(watch.figures?.decoderRestarts).toBe(faults);
  });

  it('when a guest leaves, and returns', async () => {
    const { feeders } = cast;
    feeders['bert']!.leave();
    await guestsAre((guests) => guests.length === 1, 'one guest');
    const alone = rectOf('guest:anna', BOTH, ['anna']);
    expect(alone).toEqual({ x: 0, y: 0, ...CAST_CANVAS });
    const isAlone = async (): Promise<boolean> => isOf((await pictureIn(0.6)).at(alone, 0.95, 0.5), 'anna');
    await expect.poll(isAlone, { timeout: 60_000 }).toBe(true);
    feeders['bert']!.start();
    await guestsAre((guests) => guests.filter(({ hasPicture }) => hasPicture).length === 2, 'both');
    await comesBack('bert', BOTH);
  });

  it('when a guest changes its codec', async () => {
    const { feeders } = cast;
    feeders['bert']!.stop();
    feeders['bert']!.clip = await makeClip({
      content: 'pattern',
      size: '192x108',
      seconds: 2,
      group: 30,
      codec: 'vp8',
    });
    feeders['bert']!.start();
    const rect = rectOf('guest:bert', BOTH);
    await expect.poll(async () => (await pictureIn(0.3)).contrast(rect), { timeout: 60_000 }).toBeGreaterThan(100);
    feeders['bert']!.stop();
    feeders['bert']!.clip = await guestClip(CAST['bert']!);
    feeders['bert']!.start();
    await comesBack('bert', BOTH);
  });

  it('when guests of 4K and of five pictures a second come', async () => {
    const { watch, join: joins } = cast;
    const arrangement = arrangementOf(['anna', 'bert', 'cleo', 'dirk']);
    joins('cleo', await guestClip({ ...CAST['cleo']!, size: '3840x2160', rate: 10 }));
    joins('dirk', await guestClip({ ...CAST['dirk']!, rate: 5 }));
    watch.program.arrange(arrangement);
    await comesBack('cleo', arrangement);
    await comesBack('dirk', arrangement);
    const goesWell = async (): Promise<boolean> => {
      const since = watch.journal.length;
      const picture = await pictureIn(2);
      const areSeen = Object.keys(CAST).every((guest) =>
        isOf(picture.at(rectOf(`guest:${guest}`, arrangement)), guest),
      );
      return areSeen && watch.journal.slice(since).every(({ type }) => type !== 'guests');
    };
    await expect.poll(goesWell, { timeout: 90_000 }).toBe(true);
  }, 240_000);

  it('when a guest goes back behind the stage: neither seen, heard nor recorded, and decoded no more', async () => {
    const { watch } = cast;
    watch.program.arrange(arrangementOf(['anna', 'bert', 'dirk']));
    await watch.runs(1);
    const files = readdirSync(folder).length;
    await watch.runs(6);
    expect(await heardIn(1)).toEqual(['anna', 'bert', 'dirk']);
    expect(readdirSync(folder)).toHaveLength(files);
    expect(readdirSync(folder).some((file) => file.startsWith('cleo-'))).toBe(true);
  });

  it('and everything that it made is one run that decodes', async () => {
    const { watch } = cast;
    await cast.close();
    expect(watch.lostBecause).toBeUndefined();
    for (const track of [CAST_TRACK, 'audio']) {
      expect(watch.runsOf(track)).toEqual([0]);
      const samples = watch.samplesOf(track, 0);
      const step = track === 'audio' ? 1024 / 48_000 : 1 / 30;
      for (const [index, { seconds }] of samples.entries())
        expect(seconds).toBeCloseTo(samples[0]!.seconds + index * step, 3);
      expect(await decodeFaults(watch.bytesOf(track, 0))).toBe('');
    }
  });
});
