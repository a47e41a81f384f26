import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as ProgramLibrary from '@weir/program';
import type { ComposeOptions, ComposeReport } from '@weir/program';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeTracks } from '../harness/isolated-show.js';
import { CAST } from '../harness/program-cast.js';
import { FFMPEG, programPath } from '../harness/requirements.js';

const BUILT = new URL('../../dist/libs/program/src/index.js', import.meta.url);

let directory: string;
let options: ComposeOptions;
let library: typeof ProgramLibrary;

beforeAll(async () => {
  library = (await import(/* @vite-ignore */ BUILT.href)) as typeof ProgramLibrary;
  directory = await mkdtemp(join(tmpdir(), 'weir-composing-'));
  options = {
    ffmpegPath: await programPath(FFMPEG),
    title: 'Show',
    canvas: { width: 320, height: 180 },
    frameRate: 30,
    bitrateBps: 500_000,
    profile: { partSeconds: 1, segmentSeconds: 2, holdBackSeconds: 3 },
    startSeconds: 0,
    endSeconds: 1,
    journal: [],
    changes: {},
    files: await writeTracks(directory, 0, [{ ...CAST['anna']!, guest: 'publisher', startSeconds: 0, seconds: 1 }]),
    images: [],
  };
});
afterAll(() => rm(directory, { recursive: true, force: true }));

describe('a composing process', () => {
  it('reports the tracks, all parts, and then its end', async () => {
    const reports: ComposeReport[] = [];
    await library.compose(options, (report) => reports.push(report), new AbortController().signal);
    expect(reports.filter(({ type }) => type === 'track')).toHaveLength(2);
    const parts = reports.flatMap((report) => (report.type === 'part' ? [report.part] : []));
    const seconds = parts.filter(({ track }) => track === '180p').reduce((sum, part) => sum + part.durationSeconds, 0);
    expect(seconds).toBeCloseTo(1);
    expect(reports.at(-1)?.type).toBe('done');
  });

  it('says why it failed', async () => {
    const composed = library.compose(
      { ...options, ffmpegPath: '/nowhere' },
      () => undefined,
      new AbortController().signal,
    );
    await expect(composed).rejects.toThrow(library.ComposeFailed);
  });

  it('is gone at once when it is not wanted any more', async () => {
    const abort = new AbortController();
    const endless = { ...options, endSeconds: 36_000 };
    const composed = library.compose(endless, () => abort.abort(new Error('enough')), abort.signal);
    await expect(composed).rejects.toThrow('enough');
  });
});
