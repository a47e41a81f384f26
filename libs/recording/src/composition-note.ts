import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CompositionState } from '@weir/contract';

/** What became of composing a recording's show, as it is kept in the recording's folder. */
export interface CompositionNote {
  readonly state: CompositionState;
  readonly reason: string | null;
  /** The new recording. */
  readonly recording: string | null;
}

const noteName = 'composition.json';
const none: CompositionNote = { state: 'none', reason: null, recording: null };
const lasting: readonly unknown[] = ['ready', 'failed', 'cancelled'] satisfies CompositionState[];
const lost = 'The server ended while the show was composed.';

/** What is noted; whatever was not over then is lost. */
export async function readCompositionNote(directory: string): Promise<CompositionNote> {
  try {
    const note = JSON.parse(await readFile(join(directory, noteName), 'utf8')) as Partial<CompositionNote>;
    if (!lasting.includes(note.state)) return { ...none, state: 'failed', reason: lost };
    return { ...none, ...note };
  } catch {
    return none;
  }
}

/** Notes it in the place of what was noted before. */
export async function writeCompositionNote(directory: string, note: CompositionNote): Promise<void> {
  const path = join(directory, noteName);
  await writeFile(`${path}.draft`, JSON.stringify(note), { mode: 0o600 });
  await rename(`${path}.draft`, path);
}
