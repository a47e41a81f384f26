import { createWriteStream } from 'node:fs';
import { link, mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { ComposeRecording } from '@weir/contract';
import type { ComposeFile, ComposeOptions } from '@weir/program';
import type { JournalEntry, Size } from '@weir/stage';
import type { RecordingRow } from '@weir/store';
import { leadingTrack, type RecordedTrack, type Take } from './recorded-media.js';
import { CompositionImpossible, RecordingFileUnknown } from './recording-errors.js';
import type { RecordingLibrary } from './recording-library.js';
import { guestTracksOf, imageFileOf, showJournalOf } from './show-journal.js';
import type { StorageSpace } from './storage-space.js';

/** How composed shows are cut. */
export const composedProfile = { partSeconds: 1, segmentSeconds: 4, holdBackSeconds: 3 } as const;

const standard = { width: 1280, height: 720, frameRate: 30 } as const;
const bitsOfPixel = 0.1;

/** What is to be composed. */
export interface CompositionWish {
  readonly row: RecordingRow;
  readonly body: ComposeRecording;
  readonly ffmpegPath: string;
  /** On the disk of the recordings; takes what is read. */
  readonly directory: string;
  readonly space: StorageSpace;
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
  const files: ComposeFile[] = [];
  for (const { guest, name, startMs } of guestTracksOf(wish.row)) {
    const path = await heldFile(library, wish, name);
    files.push({ guest, path, startSeconds: (startMs - originMs) / 1000 });
  }
  return files;
}

/** The images of the show as they were then; what it did not have, and is wanted, as it is now. */
async function imagesOf(
  library: RecordingLibrary,
  wish: CompositionWish,
  journal: readonly JournalEntry[],
): Promise<ComposeOptions['images']> {
  const { row, body, directory } = wish;
  const images: { name: string; path: string }[] = [];
  const kept = journal.flatMap((entry) => (entry.type === 'image' ? [entry] : []));
  for (const content of new Set(kept.map((entry) => entry.content))) {
    const file = imageFileOf(content);
    if (!row.files.some(({ name }) => name === file)) continue;
    const path = await heldFile(library, wish, file).catch(ignoreAbsence);
    if (path !== undefined) images.push({ name: content, path });
  }
  const wanted = [body.arrangement, body.scene].flatMap((scene) => [scene?.logo, scene?.background]);
  for (const name of new Set(wanted)) {
    if (typeof name !== 'string' || kept.some((entry) => entry.name === name)) continue;
    const bytes = await library.stageImage(row.channel, name);
    if (bytes === undefined) continue;
    const path = join(directory, `wanted-${images.length}`);
    await writeFile(path, bytes, { mode: 0o600 });
    images.push({ name, path });
  }
  return images;
}

/** The path of a file of the recording that stays until all is composed, wherever that lies and though it be moved meanwhile. */
async function heldFile(library: RecordingLibrary, wish: CompositionWish, name: string): Promise<string> {
  const { row, directory, space, signal } = wish;
  const path = join(directory, basename(name));
  const isLinked = await link(join(library.directoryOf(row.id), name), path).then(
    () => true,
    () => false,
  );
  if (isLinked) return path;
  // It may have been stored since.
  const file = await library.file(await library.find(row.id), name);
  if (!(await space.hasRoomFor(file.bytes))) throw new CompositionImpossible('the disk has no room for its tracks');
  const bytes = file.bytes === 0 ? [] : await file.open({ first: 0, last: file.bytes - 1 });
  await pipeline(bytes, createWriteStream(path, { mode: 0o600 }), { signal });
  return path;
}

function ignoreAbsence(error: unknown): undefined {
  if (!(error instanceof RecordingFileUnknown)) throw error;
}

function evenDown(length: number): number {
  return Math.max(2, 2 * Math.floor(length / 2));
}
