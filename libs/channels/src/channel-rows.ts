import type { ChannelRow, ChannelUpdate, Database } from '@weir/store';
import { ChannelExists, ChannelUnknown } from './channel-errors.js';
import { Turns } from './turns.js';

/** What a channel may be made with; what is left out has its default. */
export type NewChannel = Pick<ChannelRow, 'name' | 'title'> & Partial<Omit<ChannelRow, 'name' | 'title'>>;

const defaults: Omit<ChannelRow, 'name' | 'title' | 'createdAtMs'> = {
  description: '',
  visibility: 'public',
  owner: undefined,
  watchHash: undefined,
  watchEpoch: 0,
  avatarTag: undefined,
  chat: '{}',
  hls: 'program',
  record: true,
  isolatedTracks: false,
  whep: 'source',
};

/** Every channel's row in memory, written through to the database; changes take effect one after the other. */
export class ChannelRows {
  readonly #database: Database;
  readonly #rows = new Map<string, ChannelRow>();
  readonly #turns = new Turns();

  constructor(database: Database) {
    this.#database = database;
  }

  /** Reads all rows; call before anything else. */
  async load(): Promise<void> {
    for (const row of await this.#database.channels.list()) this.#rows.set(row.name, row);
  }

  /** The row of that name. */
  find(name: string): ChannelRow | undefined {
    return this.#rows.get(name);
  }

  /** Every row, by name. */
  list(): ChannelRow[] {
    return [...this.#rows.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
  }

  /** Adds a row; throws ChannelExists. */
  insert(channel: NewChannel): Promise<ChannelRow> {
    return this.#turns.take(async () => {
      const row: ChannelRow = { ...defaults, createdAtMs: Date.now(), ...channel };
      if (this.#rows.has(row.name) || !(await this.#database.channels.insert(row))) throw new ChannelExists(row.name);
      this.#rows.set(row.name, row);
      return row;
    });
  }

  /** Changes what `changeOf` gives for the row as it then is; throws ChannelUnknown. */
  update(name: string, changeOf: (row: ChannelRow) => ChannelUpdate): Promise<ChannelRow> {
    return this.#turns.take(async () => {
      const before = this.#rows.get(name);
      if (before === undefined) throw new ChannelUnknown(name);
      const change = changeOf(before);
      await this.#database.channels.update(name, change);
      const row = changed(before, change);
      this.#rows.set(name, row);
      return row;
    });
  }

  /** Removes a row and all that is the channel's own; throws ChannelUnknown. */
  delete(name: string): Promise<void> {
    return this.#turns.take(async () => {
      if (!(await this.#database.channels.delete(name))) throw new ChannelUnknown(name);
      this.#rows.delete(name);
    });
  }
}

function changed(row: ChannelRow, change: ChannelUpdate): ChannelRow {
  const given = Object.entries(change).filter(([, value]) => value !== undefined);
  return { ...row, ...Object.fromEntries(given.map(([key, value]) => [key, value ?? undefined])) };
}
