import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readJournal } from '@weir/stage';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { scanFragments } from './fragment-scan.js';
import { Journal } from './journal.js';
import { FakeProgram, partsOf, trackOf } from './program-feed.fixture.js';
import { takesSeconds } from './recorded-media.js';
import { Recorder } from './recorder.js';
import { RecordingIndex } from './recording-index.js';
import { imageFileOf, showFiles } from './show-journal.js';

const head = { type: 'recording', id: 'r', channel: 'demo', title: 'Demo', startedAtMs: 1, originMs: 2 } as const;

let base: string;
let directory: string;
let program: FakeProgram;
let ends: (string | undefined)[];
let room: string | undefined;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'weir-recorder-'));
  directory = join(base, 'r');
  program = new FakeProgram();
  ends = [];
  room = undefined;
});

afterEach(() => {
  rmSync(base, { recursive: true, force: true });
});

function record(isolatedTracks = false): Recorder {
  const onEnd = (reason: string | undefined): unknown => ends.push(reason);
  return new Recorder(program, {
    head,
    directory,
    isolatedTracks,
    noRoom: async () => room,
    onGrowth: () => {},
    onEnd,
  });
}

describe('Recorder', () => {
  it('appends the parts of the highest rung and of the sound, and notes every segment', async () => {
    const recorder = record();
    for (const name of ['360p', '720p', 'audio']) program.track(trackOf(name));
    const parts = partsOf({ seconds: 10, tracks: ['360p', '720p', 'audio'], offsetSeconds: 0 });
    program.parts(parts);
    program.end();
    await recorder.close();
    for (const [kind, name] of [
      ['video', '720p'],
      ['audio', 'audio'],
    ] as const) {
      const wanted = [
        trackOf(name).init.bytes,
        ...parts.filter(({ track }) => track === name).map(({ bytes }) => bytes),
      ];
      expect(readFileSync(join(directory, `${kind}.0.mp4`)).equals(Buffer.concat(wanted))).toBe(true);
    }
    const index = RecordingIndex.of(await Journal.read(directory));
    expect(index?.takes).toEqual(recorder.index.takes);
    expect(index?.takes[0]?.video?.segments.map(({ segment }) => segment)).toEqual([0, 1, 2, 3, 4]);
    expect(takesSeconds(index?.takes ?? [])).toBeCloseTo(10);
    expect(recorder.figures).toMatchObject({ durationMs: 10_000, width: 1280, height: 720 });
    expect(ends).toEqual([undefined]);
  });

  it('writes program time into the fragments, whatever the encoder counts from', async () => {
    const recorder = record();
    program.track(trackOf('720p'));
    program.parts(partsOf({ seconds: 4, tracks: ['720p'], segment: 3 }));
    await recorder.close();
    const scan = await scanFragments(join(directory, 'video.0.mp4'));
    expect(scan?.fragments[0]).toMatchObject({ decodeTime: 6 * 90_000, isKey: true });
  });

  it('goes on in the same files after a discontinuity with the same format', async () => {
    const recorder = record();
    for (const run of [0, 1]) for (const name of ['720p', 'audio']) program.track(trackOf(name, run));
    program.parts([...partsOf({ seconds: 3 }), ...partsOf({ seconds: 4, run: 1, segment: 2, offsetSeconds: 6 })]);
    await recorder.close();
    expect(recorder.index.takes).toHaveLength(1);
    const segments = recorder.index.takes[0]?.video?.segments ?? [];
    expect(segments.map(({ run, segment }) => [run, segment])).toEqual([
      [0, 0],
      [0, 1],
      [1, 2],
      [1, 3],
    ]);
    expect(segments[1]?.durationSeconds).toBeCloseTo(1);
    expect(segments[2]?.startSeconds).toBeCloseTo(4);
  });

  it('begins new files for all tracks when the format of one changes', async () => {
    const recorder = record();
    for (const name of ['720p', 'audio']) program.track(trackOf(name));
    program.parts(partsOf({ seconds: 4 }));
    program.trackEnded('720p');
    for (const name of ['360p', 'audio']) program.track(trackOf(name, 1));
    program.parts(partsOf({ seconds: 4, run: 1, segment: 2, tracks: ['360p', 'audio'] }));
    await recorder.close();
    const [first, second] = recorder.index.takes;
    expect([first?.video?.name, second?.video?.name]).toEqual(['720p', '360p']);
    expect([first?.audio, second?.audio].map((track) => track?.segments.length)).toEqual([2, 2]);
    expect(takesSeconds(recorder.index.takes)).toBeCloseTo(8);
  });

  it('ends with a reason when there is no room, and keeps what it has', async () => {
    const recorder = record();
    program.track(trackOf('720p'));
    room = 'The quota of recordings is used up.';
    program.parts(partsOf({ seconds: 4, tracks: ['720p'] }));
    await expect.poll(() => ends).toEqual([room]);
    expect(takesSeconds(recorder.index.takes)).toBeGreaterThanOrEqual(2);
    program.parts(partsOf({ seconds: 4, tracks: ['720p'], segment: 2 }));
    await recorder.close();
    expect(takesSeconds(recorder.index.takes)).toBeLessThanOrEqual(4);
  });

  it('ends with a reason when its folder cannot be made', async () => {
    directory = join('/dev/null', 'r');
    const recorder = record();
    program.track(trackOf('720p'));
    program.parts(partsOf({ seconds: 2, tracks: ['720p'] }));
    await recorder.close();
    expect(ends).toEqual([expect.stringMatching(/could not be written/)]);
  });

  it("keeps the guests' own tracks and the poster when it is told to", async () => {
    const recorder = record(true);
    program.poster = Buffer.from('jpeg');
    program.track(trackOf('720p'));
    program.parts(partsOf({ seconds: 4, tracks: ['720p'] }));
    await expect.poll(() => program.isolatedTo).toHaveLength(1);
    await recorder.close();
    expect(program.isolatedTo).toEqual([join(directory, 'tracks'), undefined]);
    expect(readFileSync(join(directory, 'poster.jpg'), 'utf8')).toBe('jpeg');
  });

  it("keeps what images show with the guests' own tracks, each content once, and counts both", async () => {
    const recorder = record(true);
    for (const [name, content] of ['a one', 'b two', 'a two', 'a one'].map((pair) => pair.split(' ')))
      program.image(name!, Buffer.from(content!));
    await expect.poll(() => program.isolatedTo).toHaveLength(1);
    writeFileSync(join(directory, 'tracks/anna-1.mkv'), 'anna');
    await recorder.close();
    const told = readFileSync(join(directory, 'tracks/stage.jsonl'), 'utf8');
    const journal = readJournal(told);
    const noted = journal.map((entry) => {
      if (entry.type !== 'image') return entry;
      return `${entry.name} ${readFileSync(join(directory, imageFileOf(entry.content)), 'utf8')}`;
    });
    expect(noted).toEqual(['a one', 'b two', 'a two', 'a one']);
    expect(await showFiles(directory)).toHaveLength(4);
    expect(recorder.figures.bytes).toBe(told.length + 'onetwoanna'.length);
  });
});
