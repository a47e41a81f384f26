import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { ComposeRecording } from '@weir/contract';
import type { ComposeFile, ComposeOptions } from '@weir/program';
import type { JournalEntry, Size } from '@weir/stage';
import type { RecordingRow } from '@weir/store';
import { leadingTrack, type RecordedTrack, type Take } from './recorded-media.js';
import { CompositionImpossible } from './recording-errors.js';
import type { RecordingLibrary } from './recording-library.js';
import { guestTracksOf, showJournalOf } from './show-journal.js';

/** How composed shows are cut. */
export const composedProfile = { partSeconds: 1, segmentSeconds: 4, holdBackSeconds: 3 } as const;

const standard = { width: 1280, height: 720, frameRate: 30 } as const;
const bitsOfPixel = 0.1;

/** What is to be composed. */
export interface CompositionWish {
  readonly row: RecordingRow;
  readonly body: ComposeRecording;
  readonly ffmpegPath: string;
  /** Takes what is not on the disk. */
  readonly directory: string;
  readonly signal: AbortSignal;
}

/** Gathers all that composing a recording's show needs; throws CompositionImpossible. */
export async function composeOptionsOf(library: RecordingLibrary, wish: CompositionWish): Promise<ComposeOptions> {
  const { row, body, ffmpegPath, directory } = wish;
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const { takes, head } = await library.index(row.id);
  const journal = await showJournalOf(library, row);
  const opened = journal.find((entry) => entry.type === 'opened');
  const originMs = opened?.originMs ?? head.originMs;
  const span = spanOf(takes);
  const { frameRate, ...canvas } = pictureOf(journal, takes);
  const bitrates = takes.map(({ video }) => video?.bitrateBps ?? 0);
  return {
    ffmpegPath,
    title: row.title,
    canvas,
    frameRate,
    bitrateBps: Math.round(Math.max(canvas.width * canvas.height * frameRate * bitsOfPixel, ...bitrates)),
    profile: composedProfile,
    ...span,
    journal,
    changes: {
      ...(body.scene !== undefined && { scene: body.scene }),
      ...(body.arrangement !== undefined && { arrangement: body.arrangement }),
    },
    files: await filesOf(library, wish, originMs),
    images: await imagesOf(library, wish, journal),
  };
}

function spanOf(takes: readonly Take[]): { startSeconds: number; endSeconds: number } {
  const segments = takes.flatMap((take) => leadingTrack(take)?.segments ?? []);
  if (segments.length === 0) throw new CompositionImpossible('nothing of it was kept');
  return {
    startSeconds: Math.min(...segments.map(({ startSeconds }) => startSeconds)),
    endSeconds: Math.max(...segments.map(({ startSeconds, durationSeconds }) => startSeconds + durationSeconds)),
  };
}

/** As large as the show was. */
function pictureOf(journal: readonly JournalEntry[], takes: readonly Take[]): Size & { readonly frameRate: number } {
  const opened = journal.flatMap((entry) => (entry.type === 'opened' ? [{ ...entry.canvas, ...entry }] : []));
  const tracks = takes.flatMap(({ video }): RecordedTrack[] => (video === undefined ? [] : [video]));
  const known = [...opened, ...tracks].filter(({ width, height }) => width > 0 && height > 0);
  const first = opened.length > 0 ? opened : known;
  const largest = first.toSorted((one, other) => other.width * other.height - one.width * one.height)[0] ?? standard;
  const frameRate = largest.frameRate > 0 ? largest.frameRate : standard.frameRate;
  return { width: evenDown(largest.width), height: evenDown(largest.height), frameRate };
}

async function filesOf(library: RecordingLibrary, wish: CompositionWish, originMs: number): Promise<ComposeFile[]> {
  const { row, directory, signal } = wish;
  const files: ComposeFile[] = [];
  for (const { guest, name, startMs } of guestTracksOf(row)) {
    let path = join(library.directoryOf(row.id), name);
    if (!library.hasFile(row.id, name)) {
      path = join(directory, basename(name));
      const stored = await library.file(row, name);
      await pipeline(await stored.open({ first: 0, last: stored.bytes - 1 }), createWriteStream(path), { signal });
    }
    files.push({ guest, path, startSeconds: (startMs - originMs) / 1000 });
  }
  return files;
}

async function imagesOf(
  library: RecordingLibrary,
  { row, body, directory }: CompositionWish,
  journal: readonly JournalEntry[],
): Promise<ComposeOptions['images']> {
  const scenes = journal.map((entry) => (entry.type === 'arrangement' ? entry.arrangement : null));
  const named = [...scenes, body.arrangement, body.scene].flatMap((scene) => [scene?.logo, scene?.background]);
  const images: { name: string; path: string }[] = [];
  for (const name of new Set(named)) {
    const bytes = typeof name === 'string' ? await library.stageImage(row.channel, name) : undefined;
    if (typeof name !== 'string' || bytes === undefined) continue;
    const path = join(directory, `image-${images.length}`);
    await writeFile(path, bytes);
    images.push({ name, path });
  }
  return images;
}

function evenDown(length: number): number {
  return Math.max(2, 2 * Math.floor(length / 2));
}
