import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** One row of `channels`; the time is Unix milliseconds. */
export interface ChannelRow {
  readonly name: string;
  readonly title: string;
  readonly createdAtMs: number;
}

/** The channels that exist, live or not. */
export class ChannelTable {
  readonly #insert: StatementSync;
  readonly #find: StatementSync;
  readonly #list: StatementSync;

  constructor(connection: DatabaseSync) {
    this.#insert = connection.prepare(
      'INSERT INTO channels (name, title, created_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
    );
    this.#find = connection.prepare('SELECT name, title, created_at FROM channels WHERE name = ?');
    this.#list = connection.prepare('SELECT name, title, created_at FROM channels ORDER BY name');
  }

  /** Adds a channel; false when the name is taken. */
  insert(row: ChannelRow): boolean {
    return this.#insert.run(row.name, row.title, row.createdAtMs).changes === 1;
  }

  /** The channel of that name. */
  find(name: string): ChannelRow | undefined {
    const row = this.#find.get(name);
    return row === undefined ? undefined : channelRow(row);
  }

  /** Every channel, by name. */
  list(): ChannelRow[] {
    return this.#list.all().map(channelRow);
  }
}

function channelRow(row: Record<string, unknown>): ChannelRow {
  return { name: String(row['name']), title: String(row['title']), createdAtMs: Number(row['created_at']) };
}
