import { createHash } from 'node:crypto';
import { appendFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type JournalEntry, journalLine, readJournal } from '@weir/stage';
import type { RecordingRow } from '@weir/store';
import { RecordingFileUnknown } from './recording-errors.js';
import type { RecordingLibrary } from './recording-library.js';

/** Folder of the guests' own tracks in that of a recording. */
export const tracksFolder = 'tracks';

/** Name of what is written down of a show, beside its guests' tracks. */
export const showJournalName = 'stage.jsonl';

const trackPattern = /^([\w-][\w.-]{0,100})-(\d{1,16})\.mkv$/;
const ownFile = /^([\w-][\w.-]{0,100}\.mkv|image-[0-9a-f]{64})$/;

/** A file of a guest's own tracks. */
export interface GuestTrack {
  readonly guest: string;
  /** In the recording's folder. */
  readonly name: string;
  /** Unix milliseconds of its beginning. */
  readonly startMs: number;
}

/** Adds a line to what is written down of the show in a recording's folder. */
export async function noteShow(directory: string, entry: JournalEntry): Promise<void> {
  await appendFile(join(directory, tracksFolder, showJournalName), journalLine(entry), { mode: 0o600 });
}

/** Keeps what an image shows from this time on in a recording's folder, each content once. */
export async function noteImage(
  directory: string,
  { seconds, name }: { readonly seconds: number; readonly name: string },
  file: Uint8Array,
): Promise<void> {
  const content = createHash('sha256').update(file).digest('hex');
  await writeFile(join(directory, imageFileOf(content)), file, { flag: 'wx', mode: 0o600 }).catch(ignorePresence);
  await noteShow(directory, { seconds, type: 'image', name, content });
}

/** Name of the file with that content of an image in a recording's folder. */
export function imageFileOf(content: string): string {
  return `${tracksFolder}/image-${content}`;
}

/** What was written down of a recording's show, in the order of time; nothing where nobody did. */
export async function showJournalOf(library: RecordingLibrary, row: RecordingRow): Promise<JournalEntry[]> {
  try {
    const file = await library.file(row, `${tracksFolder}/${showJournalName}`);
    if (file.bytes === 0) return [];
    return readJournal(await text(await file.open({ first: 0, last: file.bytes - 1 })));
  } catch (error) {
    if (error instanceof RecordingFileUnknown) return [];
    throw error;
  }
}

/** The guests' own tracks of a finished recording. */
export function guestTracksOf({ files }: RecordingRow): GuestTrack[] {
  return files.flatMap(({ name }) => {
    const [, guest, startMs] =
      trackPattern.exec(name.startsWith(`${tracksFolder}/`) ? name.slice(tracksFolder.length + 1) : '') ?? [];
    return guest === undefined ? [] : [{ guest, name, startMs: Number(startMs) }];
  });
}

/** Names of the files of its show in a recording's folder that belong to it for ever: their tracks, the images and the journal. */
export async function showFiles(directory: string): Promise<string[]> {
  const names = await readdir(join(directory, tracksFolder)).catch((): string[] => []);
  const kept = names.filter((name) => ownFile.test(name) || name === showJournalName);
  return kept.toSorted().map((name) => `${tracksFolder}/${name}`);
}

/** Bytes of those files. */
export async function showBytes(directory: string): Promise<number> {
  let bytes = 0;
  for (const name of await showFiles(directory)) bytes += (await stat(join(directory, name))).size;
  return bytes;
}

function ignorePresence(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
}
