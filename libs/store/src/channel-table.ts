import type { Kysely, Selectable, Updateable } from 'kysely';
import type { Schema } from './schema.js';

/** Who finds a channel: everybody, who has its address, or who was given leave. */
export type Visibility = 'public' | 'unlisted' | 'private';

/** What a channel does beside real-time video. */
export interface ChannelSettings {
  /** How HLS is made: composed and encoded, the publisher's H.264 as it is, or not at all. */
  readonly hls: 'program' | 'passthrough' | 'off';
  /** Streams are recorded. */
  readonly record: boolean;
  /** The publishers' own tracks are recorded as well. */
  readonly isolatedTracks: boolean;
  /** What viewers get in real time: the publisher as he is, or the composed program. */
  readonly whep: 'source' | 'program';
}

/** One row of `channels`; the time is Unix milliseconds. */
export interface ChannelRow extends ChannelSettings {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly visibility: Visibility;
  /** Id of the account that made it; undefined when it was made by the operator's token. */
  readonly owner: string | undefined;
  /** SHA-256 of the token that lets its holder watch while the channel is private. */
  readonly watchHash: Uint8Array | undefined;
  /** Counts what ended all leave to watch that was given before. */
  readonly watchEpoch: number;
  /** Entity tag of the avatar, without quotes. */
  readonly avatarTag: string | undefined;
  /** JSON of the chat's settings. */
  readonly chat: string;
  readonly createdAtMs: number;
}

/** What of a channel may change. */
export type ChannelChange = {
  readonly [Key in Exclude<keyof ChannelRow, 'name' | 'createdAtMs'>]?: ChannelRow[Key] | undefined;
};

/** A picture that stands for a channel. */
export interface Avatar {
  /** Media type, such as `image/png`. */
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** The channels that exist, live or not. */
export class ChannelTable {
  readonly #kysely: Kysely<Schema>;

  constructor(kysely: Kysely<Schema>) {
    this.#kysely = kysely;
  }

  /** Adds a channel; false when the name is taken. */
  async insert(row: ChannelRow): Promise<boolean> {
    const { numInsertedOrUpdatedRows } = await this.#kysely
      .insertInto('channels')
      .values({ ...columnsOf(row), name: row.name, title: row.title, created_at: row.createdAtMs })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    return numInsertedOrUpdatedRows === 1n;
  }

  /** Every channel, by name. */
  async list(): Promise<ChannelRow[]> {
    const rows = await this.#kysely.selectFrom('channels').selectAll().orderBy('name').execute();
    return rows.map(channelRow);
  }

  /** Changes what is given and leaves what is undefined; `owner`, `watchHash` and `avatarTag` are taken away by null. */
  async update(name: string, change: ChannelUpdate): Promise<void> {
    const columns = columnsOf(change);
    if (Object.keys(columns).length === 0) return;
    await this.#kysely.updateTable('channels').set(columns).where('name', '=', name).execute();
  }

  /** Deletes a channel and all that is its own; false when there is none. Its recordings must be gone. */
  async delete(name: string): Promise<boolean> {
    const { numDeletedRows } = await this.#kysely.deleteFrom('channels').where('name', '=', name).executeTakeFirst();
    return numDeletedRows === 1n;
  }

  /** The avatar of a channel. */
  async avatar(channel: string): Promise<Avatar | undefined> {
    return this.#kysely
      .selectFrom('avatars')
      .select(['type', 'bytes'])
      .where('channel', '=', channel)
      .executeTakeFirst();
  }

  /** Sets or replaces the avatar of a channel that exists; undefined removes it. */
  async setAvatar(channel: string, avatar: Avatar | undefined): Promise<void> {
    if (avatar === undefined) {
      await this.#kysely.deleteFrom('avatars').where('channel', '=', channel).execute();
      return;
    }
    await this.#kysely
      .insertInto('avatars')
      .values({ channel, ...avatar })
      .onConflict((conflict) => conflict.column('channel').doUpdateSet({ ...avatar }))
      .execute();
  }
}

/** A change of a channel; null takes away what a channel need not have. */
export type ChannelUpdate = Omit<ChannelChange, 'owner' | 'watchHash' | 'avatarTag'> & {
  readonly owner?: string | null | undefined;
  readonly watchHash?: Uint8Array | null | undefined;
  readonly avatarTag?: string | null | undefined;
};

function columnsOf(change: ChannelUpdate): Updateable<Schema['channels']> {
  const columns = {
    title: change.title,
    hls: change.hls,
    record: flag(change.record),
    isolated_tracks: flag(change.isolatedTracks),
    whep: change.whep,
    description: change.description,
    visibility: change.visibility,
    owner: change.owner,
    watch_hash: change.watchHash,
    watch_epoch: change.watchEpoch,
    avatar_tag: change.avatarTag,
    chat: change.chat,
  };
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined));
}

function flag(value: boolean | undefined): number | undefined {
  return value === undefined ? undefined : Number(value);
}

function channelRow(row: Selectable<Schema['channels']>): ChannelRow {
  return {
    name: row.name,
    title: row.title,
    description: row.description,
    visibility: row.visibility as Visibility,
    owner: row.owner ?? undefined,
    watchHash: row.watch_hash ?? undefined,
    watchEpoch: row.watch_epoch,
    avatarTag: row.avatar_tag ?? undefined,
    chat: row.chat,
    hls: row.hls as ChannelRow['hls'],
    record: row.record === 1,
    isolatedTracks: row.isolated_tracks === 1,
    whep: row.whep as ChannelRow['whep'],
    createdAtMs: row.created_at,
  };
}
