import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ComposeOptions, ComposeReport } from '@weir/program';
import { arrangedScene, type Arrangement, type JournalEntry, type Rect } from '@weir/stage';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { composeShow } from '../../libs/program/src/compose-show.js';
import { DecodedShow, type IsolatedGuest, writeTracks } from '../harness/isolated-show.js';
import { CAST, colourOf, isNear, isOf } from '../harness/program-cast.js';
import { arrangementOf } from '../harness/program-guests.js';
import { FFMPEG, programPath } from '../harness/requirements.js';

const CANVAS = { width: 320, height: 180 } as const;
const HEARD = 0.08;
const UNHEARD = 0.01;
const SYNC_SECONDS = 0.04;

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'weir-compose-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const sends = (guest: string, startSeconds: number, seconds: number): IsolatedGuest => ({
  ...CAST[guest]!,
  guest,
  startSeconds,
  seconds,
});

/** Who is on the stage from when on; all of them are there. */
function journalOf(steps: Readonly<Record<number, Arrangement>>): JournalEntry[] {
  const entries: JournalEntry[] = [{ seconds: 0, type: 'opened', originMs: 0, canvas: CANVAS, frameRate: 30 }];
  for (const [at, arrangement] of Object.entries(steps)) {
    const seconds = Number(at);
    const guests = arrangement.guests.map(({ guest }) => ({ guest, hasPicture: true, isStalled: false }));
    entries.push({ seconds, type: 'arrangement', arrangement }, { seconds, type: 'guests', guests });
  }
  return entries;
}

async function composed(
  guests: readonly IsolatedGuest[],
  change: Partial<ComposeOptions>,
): Promise<{ show: DecodedShow; reports: ComposeReport[] }> {
  const reports: ComposeReport[] = [];
  const files = await writeTracks(directory, 1_700_000_000_000, guests);
  const options: ComposeOptions = {
    ffmpegPath: await programPath(FFMPEG),
    title: 'Show',
    canvas: CANVAS,
    frameRate: 30,
    bitrateBps: 800_000,
    profile: { partSeconds: 1, segmentSeconds: 2, holdBackSeconds: 3 },
    startSeconds: 0,
    endSeconds: 4,
    journal: [],
    changes: {},
    files,
    images: [],
    ...change,
  };
  await composeShow(options, (report) => reports.push(report));
  const bytesOf = (isWanted: (track: string) => boolean): Uint8Array =>
    Buffer.concat(
      reports.flatMap((report) => {
        if (report.type === 'track' && isWanted(report.track.name)) return [report.track.init.bytes];
        return report.type === 'part' && isWanted(report.part.track) ? [report.part.bytes] : [];
      }),
    );
  const [video, audio] = [bytesOf((track) => track !== 'audio'), bytesOf((track) => track === 'audio')];
  return { show: await DecodedShow.of(video, audio, CANVAS), reports };
}

function tilesOf(arrangement: Arrangement): Record<string, Rect> {
  const guests = arrangement.guests.map(({ guest }) => ({ guest, hasPicture: true, isStalled: false }));
  const { layers } = arrangedScene({ arrangement, guests, speaker: undefined, canvas: CANVAS, slateTitle: '' });
  return Object.fromEntries(
    layers.flatMap(({ source, rect }) => (source.type === 'guest' ? [[source.guest, rect] as const] : [])),
  );
}

describe('a show that is composed again', () => {
  const both = arrangementOf(['anna', 'bert'], { layout: 'side-by-side' });
  const anna = arrangementOf(['anna'], { layout: 'solo' });

  it('has each guest in his rectangle with his sound, from when he came until he went', async () => {
    const guests = [sends('anna', 0, 4), sends('bert', 1, 1.5)];
    const { show, reports } = await composed(guests, {
      journal: journalOf({ 0: anna, 1: both, 2.5: anna }),
      startSeconds: 0.5,
      endSeconds: 3.5,
    });
    const at = (programSeconds: number): number => programSeconds - 0.5;
    const whole = { x: 0, y: 0, ...CANVAS };
    for (const seconds of [0.7, 3]) {
      expect(isOf(show.picture(at(seconds)).at(whole), 'anna')).toBe(true);
      expect(show.tone(CAST['anna']!.hertz, at(seconds))).toBeGreaterThan(HEARD);
      expect(show.tone(CAST['bert']!.hertz, at(seconds))).toBeLessThan(UNHEARD);
    }
    for (const seconds of [1.1, 2.3]) {
      for (const [guest, tile] of Object.entries(tilesOf(both))) {
        expect(isOf(show.picture(at(seconds)).at(tile), guest)).toBe(true);
        expect(show.tone(CAST[guest]!.hertz, at(seconds))).toBeGreaterThan(HEARD);
      }
    }
    expect(show.seconds).toBeCloseTo(3, 1);
    const parts = reports.flatMap((report) => (report.type === 'part' ? [report.part] : []));
    expect(parts[0]?.startSeconds).toBeCloseTo(0.5);
  });

  it('has another layout, and names, when that is wanted', async () => {
    const named = { ...both, guests: both.guests.map((one) => ({ ...one, label: 'Somebody' })) };
    const { show } = await composed([sends('anna', 0, 1.5), sends('bert', 0, 1.5)], {
      journal: journalOf({ 0: named }),
      changes: { scene: { layout: 'picture-in-picture', pinned: 'bert', labels: true } },
      endSeconds: 1,
    });
    const picture = show.picture(0.5);
    const tiles = tilesOf(arrangementOf(['anna', 'bert'], { layout: 'picture-in-picture', pinned: 'bert' }));
    expect(isOf(picture.at(tiles['bert']!, 0.3, 0.2), 'bert')).toBe(true);
    expect(isOf(picture.at(tiles['anna']!, 0.5, 0.3), 'anna')).toBe(true);
    expect(picture.contrast({ x: 4, y: 150, width: 120, height: 28 })).toBeGreaterThan(60);
  });

  it('keeps picture and sound together and at their time, and follows a guest from file to file', async () => {
    const flashing = (startSeconds: number): IsolatedGuest => ({
      guest: 'publisher',
      colour: '0xffffff',
      hertz: 1000,
      startSeconds,
      seconds: 1.2,
      flashes: true,
    });
    const { show } = await composed([flashing(0.4), flashing(1.71)], { endSeconds: 3.2 });
    for (const [from, wanted] of [
      [0.2, 0.4],
      [1, 1.4],
      [1.6, 1.71],
      [2.2, 2.71],
    ] as const) {
      const { bright, loud } = show.onset(from);
      expect(Math.abs(bright - wanted)).toBeLessThan(SYNC_SECONDS);
      expect(Math.abs(loud - wanted)).toBeLessThan(SYNC_SECONDS);
    }
    expect(isNear(show.picture(0.1).at({ x: 0, y: 0, width: 20, height: 20 }), colourOf('0xffffff'))).toBe(false);
  });

  it('has all that was heard before a long silence, and what comes after it', async () => {
    const guest = { ...sends('anna', 0, 8), guest: 'publisher', mutedSeconds: [1, 7.2] } as const;
    const { show } = await composed([guest], { startSeconds: 0.5, endSeconds: 7.9 });
    const heard = [0.88, 4, 7.4].map((seconds) => show.tone(guest.hertz, seconds - 0.5) > HEARD);
    expect(heard).toEqual([true, false, true]);
  });

  it('does without a guest whose file is broken', async () => {
    const files = await writeTracks(directory, 0, [sends('anna', 0, 1)]);
    const broken = { guest: 'bert', startSeconds: 0, path: join(directory, 'none.mkv') };
    const { show, reports } = await composed([], {
      journal: journalOf({ 0: both }),
      files: [...files, broken],
      endSeconds: 0.6,
    });
    expect(isOf(show.picture(0.3).at(tilesOf(both)['anna']!), 'anna')).toBe(true);
    expect(reports.some((report) => report.type === 'log')).toBe(true);
  });
});
