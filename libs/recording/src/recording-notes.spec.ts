import { PassThrough } from 'node:stream';
import { DatabaseUnavailable, type RecordingChange, type RecordingRow } from '@weir/store';
import { Log } from '@weir/telemetry';
import { beforeEach, describe, expect, it } from 'vitest';
import { newRow } from './recording-library.js';
import { RecordingNotes } from './recording-notes.js';

const row = newRow({ type: 'recording', id: 'r', channel: 'demo', title: 'T', startedAtMs: 1, originMs: 1 });

/** A table that is told how each write ends, and keeps what was written in order. */
class ScriptedTable {
  readonly rows = new Map<string, RecordingRow>();
  readonly writes: string[] = [];
  /** Called before each write; may throw, or hold it up. */
  before: () => Promise<void> | void = () => undefined;
  /** Called after each write; a throw here is an answer that was lost. */
  after: () => void = () => undefined;

  async insert(inserted: RecordingRow): Promise<boolean> {
    await this.before();
    const isNew = !this.rows.has(inserted.id);
    if (isNew) this.rows.set(inserted.id, inserted);
    this.writes.push(`insert ${inserted.id} ${inserted.durationMs}`);
    this.after();
    return isNew;
  }

  async update(id: string, change: RecordingChange): Promise<boolean> {
    await this.before();
    const known = this.rows.get(id);
    if (known !== undefined) this.rows.set(id, { ...known, ...change });
    this.writes.push(`update ${id} ${change.durationMs ?? change.state}`);
    this.after();
    return known !== undefined;
  }
}

let table: ScriptedTable;
let notes: RecordingNotes;
let logged: string;
let dropped: number;

beforeEach(() => {
  table = new ScriptedTable();
  logged = '';
  const to = new PassThrough().on('data', (line: Buffer) => (logged += line.toString()));
  dropped = 0;
  const log = Log.open({ level: 'info', text: false, to });
  notes = new RecordingNotes({ table, ballast: { drop: () => (dropped += 1) }, log, retryMs: 1 });
});

const messages = (): string[] =>
  logged
    .split('\n')
    .filter(Boolean)
    .map((line) => (JSON.parse(line) as { msg: string }).msg);

/** Fails that many of the next writes. */
function failing(count: number, error: Error): () => void {
  let left = count;
  return () => {
    if ((left -= 1) >= 0) throw error;
  };
}

const away = new DatabaseUnavailable(new Error('gone'));

describe('RecordingNotes', () => {
  it('writes what happens to a recording in its order, what gathers meanwhile at once', async () => {
    let release = (): void => undefined;
    table.before = () => new Promise<void>((resolve) => (release = resolve));
    notes.begin(row);
    void notes.tell('r', { durationMs: 1 });
    void notes.tell('r', { durationMs: 2, bytes: 5 });
    const done = notes.tell('r', { state: 'finalising', reason: undefined });
    table.before = () => undefined;
    release();
    await done;
    expect(table.writes).toEqual(['insert r 0', 'update r 2']);
    expect(table.rows.get('r')).toEqual({ ...row, durationMs: 2, bytes: 5, state: 'finalising' });
  });

  it('does not let one recording wait for another', async () => {
    table.before = () => new Promise<void>(() => undefined);
    notes.begin({ ...row, id: 'stuck' });
    table.before = () => undefined;
    notes.begin(row);
    await notes.tell('r', { durationMs: 1 });
    expect(table.rows.get('r')?.durationMs).toBe(1);
  });

  it('tries again while the database is away, and says so once', async () => {
    table.before = failing(4, away);
    notes.begin(row);
    void notes.tell('r', { durationMs: 1, state: 'recording' });
    await notes.tell('r', { state: 'finalising' });
    expect(table.rows.get('r')).toEqual({ ...row, durationMs: 1, state: 'finalising' });
    await expect.poll(messages).toEqual(['a recording could not be noted', 'a recording is noted after all']);
    expect(dropped).toBe(0);
  });

  it('begins a recording once, also when the answer to it was lost', async () => {
    table.after = failing(1, away);
    notes.begin(row);
    await notes.tell('r', { durationMs: 7 });
    expect(table.rows.get('r')).toEqual({ ...row, durationMs: 7 });
  });

  it('throws the ballast off a full disk', async () => {
    table.before = failing(1, new Error('database or disk is full'));
    notes.begin(row);
    await notes.tell('r', { durationMs: 1 });
    expect(dropped).toBe(1);
    expect(table.rows.get('r')?.durationMs).toBe(1);
    expect(messages()).toEqual([]);
  });

  it('tries once more when it is closed, and gives up without throwing', async () => {
    notes = new RecordingNotes({
      table,
      ballast: { drop: () => undefined },
      log: Log.open({ level: 'silent', text: false }),
      retryMs: 3_600_000,
    });
    let tries = 0;
    table.before = () => {
      tries += 1;
      throw away;
    };
    notes.begin(row);
    const told = notes.tell('r', { durationMs: 1 });
    await expect.poll(() => tries).toBe(1);
    await notes.close();
    await told;
    expect(tries).toBe(2);
    expect(table.rows.size).toBe(0);
  });

  it('writes nothing for a recording that was deleted', async () => {
    await notes.tell('r', { durationMs: 1 });
    expect(table.rows.size).toBe(0);
  });
});
