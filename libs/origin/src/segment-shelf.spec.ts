import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Part } from '@weir/hls';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SegmentFiles } from './segment-files.js';
import { SegmentShelf } from './segment-shelf.js';

const IN_MEMORY = 3;
let directory: string;
let faults: number[];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'weir-shelf-'));
  faults = [];
});

afterEach(() => rm(directory, { recursive: true, force: true }));

function openShelf(files = new SegmentFiles(join(directory, 'track'))): SegmentShelf {
  return new SegmentShelf(files, IN_MEMORY, (segment) => faults.push(segment));
}

function fill(shelf: SegmentShelf, segment: number): void {
  for (const index of [0, 1]) {
    shelf.add({ segment, index, bytes: Uint8Array.of(segment, index) } as Part);
  }
  shelf.complete(segment);
}

const names = async () => (await readdir(join(directory, 'track'))).toSorted();

describe('SegmentShelf', () => {
  it('has parts as soon as they are there, and the segment when it is complete, of the same bytes', async () => {
    const shelf = openShelf();
    shelf.add({ segment: 0, index: 0, bytes: Uint8Array.of(1, 2) } as Part);
    expect(shelf.part(0, 0)).toEqual(Buffer.of(1, 2));
    expect(shelf.segment(0)).toBeUndefined();
    shelf.add({ segment: 0, index: 1, bytes: Uint8Array.of(3) } as Part);
    shelf.complete(0);
    expect(shelf.segment(0)).toEqual({ kind: 'memory', bytes: Buffer.of(1, 2, 3) });
    expect(shelf.part(0, 1)).toEqual(Buffer.of(3));
    await expect.poll(names).toHaveLength(1);
  });

  it('has old segments in files only', async () => {
    const shelf = openShelf();
    for (let segment = 0; segment < 5; segment++) fill(shelf, segment);
    await expect.poll(() => [0, 1].map((segment) => shelf.segment(segment)?.kind)).toEqual(['file', 'file']);
    await expect.poll(names).toHaveLength(5);
    expect(shelf.segment(2)?.kind).toBe('memory');
    expect(shelf.part(1, 0)).toBeUndefined();
    const old = shelf.segment(0);
    const file = old?.kind === 'file' ? await old.open() : undefined;
    expect(await file?.readFile()).toEqual(Buffer.of(0, 0, 0, 1));
    await file?.close();
  });

  it('deletes the files of what it gives up', async () => {
    const shelf = openShelf();
    for (let segment = 0; segment < 5; segment++) fill(shelf, segment);
    await expect.poll(names).toHaveLength(5);
    shelf.drop(0);
    await expect.poll(names).toEqual(['1.m4s', '2.m4s', '3.m4s', '4.m4s']);
    shelf.clear();
    await expect.poll(names).toEqual([]);
    expect(shelf.segment(4)).toBeUndefined();
  });

  it('leaves memory altogether when told to', async () => {
    const shelf = openShelf();
    fill(shelf, 0);
    await expect.poll(names).toHaveLength(1);
    await expect
      .poll(() => {
        shelf.rest();
        return shelf.segment(0)?.kind;
      })
      .toBe('file');
  });

  it('keeps what cannot be written for as long as memory lasts, and says so', async () => {
    await writeFile(join(directory, 'track'), 'a file where the directory should be');
    const shelf = openShelf();
    for (let segment = 0; segment < 5; segment++) {
      fill(shelf, segment);
      await expect.poll(() => faults).toContain(segment);
    }
    expect(shelf.segment(1)).toBeUndefined();
    expect(shelf.segment(2)?.kind).toBe('memory');
    expect(shelf.segment(4)?.kind).toBe('memory');
  });

  it('does not pile up what a slow disk does not take', () => {
    const files = new SegmentFiles(directory);
    vi.spyOn(files, 'write').mockReturnValue(new Promise(() => undefined));
    const shelf = openShelf(files);
    for (let segment = 0; segment < 8; segment++) fill(shelf, segment);
    expect(shelf.segment(1)).toBeUndefined();
    expect(shelf.segment(2)?.kind).toBe('memory');
    expect(faults).toEqual([0, 1]);
  });
});
