import type { Arrangement, GuestPresence } from './arrangement.js';
import type { Size } from './scene.js';

/** What happened on a stage, at a time of its program. */
export type JournalEntry = { readonly seconds: number } & JournalEvent;

/** Something that changes what a stage shows. */
export type JournalEvent =
  /** It begins, or goes on after it was cut off; `originMs` is the Unix time of program second 0. */
  | { readonly type: 'opened'; readonly originMs: number; readonly canvas: Size; readonly frameRate: number }
  /** The arrangement from now on; null for a publisher alone. */
  | { readonly type: 'arrangement'; readonly arrangement: Arrangement | null }
  /** Who is there from now on. */
  | { readonly type: 'guests'; readonly guests: readonly GuestPresence[] }
  | { readonly type: 'speaker'; readonly speaker: string | null }
  /** What an image of that name shows from now on, and before if nothing was told of it; `content` tells one file from another. */
  | { readonly type: 'image'; readonly name: string; readonly content: string };

const TYPES: readonly string[] = [
  'opened',
  'arrangement',
  'guests',
  'speaker',
  'image',
] satisfies JournalEvent['type'][];

/** An entry as a line of JSON, with its end. */
export function journalLine(entry: JournalEntry): string {
  return `${JSON.stringify(entry)}\n`;
}

/** The entries of a journal in the order of their times; a line that is not one, such as the last after a crash, is left out. */
export function readJournal(text: string): JournalEntry[] {
  return text
    .split('\n')
    .flatMap(entryOf)
    .toSorted((one, other) => one.seconds - other.seconds);
}

function entryOf(line: string): JournalEntry[] {
  if (line === '') return [];
  try {
    const entry = JSON.parse(line) as unknown;
    return isEntry(entry) ? [entry] : [];
  } catch {
    return [];
  }
}

/** Looks at the frame alone: the journal is the program's own. */
function isEntry(value: unknown): value is JournalEntry {
  if (typeof value !== 'object' || value === null) return false;
  const entry = value as Readonly<Record<string, unknown>>;
  const { seconds, type } = entry;
  if (typeof seconds !== 'number' || typeof type !== 'string' || !TYPES.includes(type)) return false;
  if (type === 'guests') return Array.isArray(entry['guests']);
  if (type === 'arrangement') return entry['arrangement'] === null || hasGuests(entry['arrangement']);
  if (type === 'image') return typeof entry['name'] === 'string' && typeof entry['content'] === 'string';
  if (type === 'speaker') return entry['speaker'] === null || typeof entry['speaker'] === 'string';
  return typeof entry['originMs'] === 'number' && typeof entry['canvas'] === 'object' && entry['canvas'] !== null;
}

function hasGuests(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Array.isArray((value as Partial<Arrangement>).guests);
}
