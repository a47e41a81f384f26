import type { Kysely, Selectable } from 'kysely';
import type { Schema } from './schema.js';

/** What a message answers, as long as that is there. */
export interface ChatQuote {
  readonly id: string;
  readonly name: string;
  readonly body: string;
}

/** One row of `chat_messages`; times are Unix milliseconds. */
export interface ChatMessageRow {
  readonly id: string;
  readonly channel: string;
  /** Counts the messages of the channel from 1. */
  readonly seq: number;
  /** `a:` and an account's id, `g:` and a guest's, or `operator`. */
  readonly author: string;
  readonly name: string;
  /** What the author was then; undefined for who had no role. */
  readonly role: string | undefined;
  readonly body: string;
  readonly replyTo: ChatQuote | undefined;
  /** Given by the author, for whom the same is one message. */
  readonly clientId: string;
  readonly sentAtMs: number;
  /** When the picture was captured that the author saw. */
  readonly mediaAtMs: number | undefined;
  /** True once its body is gone for good. */
  readonly isDeleted: boolean;
}

/** The messages of all channels. */
export class ChatMessageTable {
  readonly #kysely: Kysely<Schema>;

  constructor(kysely: Kysely<Schema>) {
    this.#kysely = kysely;
  }

  /** Adds messages of channels that exist, all or none; rejects when a `seq` or a `clientId` of an author was there before. */
  async insert(rows: readonly ChatMessageRow[]): Promise<void> {
    if (rows.length === 0) return;
    const values = rows.map((row) => ({
      id: row.id,
      channel: row.channel,
      seq: row.seq,
      author: row.author,
      name: row.name,
      role: row.role ?? null,
      body: row.body,
      reply_to: row.replyTo?.id ?? null,
      client_id: row.clientId,
      sent_at: row.sentAtMs,
      media_at: row.mediaAtMs ?? null,
      shown_at: row.mediaAtMs ?? row.sentAtMs,
    }));
    await this.#kysely.insertInto('chat_messages').values(values).execute();
  }

  /** The highest `seq` that a channel ever had; 0 when nothing was said. */
  async lastSeq(channel: string): Promise<number> {
    const row = await this.#kysely
      .selectFrom('chat_messages')
      .select(({ fn }) => fn.max<number | null>('seq').as('seq'))
      .where('channel', '=', channel)
      .executeTakeFirst();
    return row?.seq ?? 0;
  }

  /** The newest messages that are not deleted, up to `limit`, oldest first. */
  async newest(channel: string, limit: number): Promise<ChatMessageRow[]> {
    const rows = await this.#messages(channel).orderBy('m.seq', 'desc').limit(limit).execute();
    return rows.map(chatMessageRow).reverse();
  }

  /** What stands at the pictures of a span of time, ends included, oldest first, up to `limit`. */
  async between(channel: string, fromMs: number, toMs: number, limit: number): Promise<ChatMessageRow[]> {
    const rows = await this.#messages(channel)
      .where('m.shown_at', '>=', fromMs)
      .where('m.shown_at', '<=', toMs)
      .orderBy('m.shown_at')
      .orderBy('m.seq')
      .limit(limit)
      .execute();
    return rows.map(chatMessageRow);
  }

  /** The message of that id, unless it is deleted. */
  async find(channel: string, id: string): Promise<ChatMessageRow | undefined> {
    const row = await this.#messages(channel).where('m.id', '=', id).executeTakeFirst();
    return row === undefined ? undefined : chatMessageRow(row);
  }

  /** What an author said under a client id, deleted or not. */
  async findSaid(channel: string, author: string, clientId: string): Promise<ChatMessageRow | undefined> {
    const row = await this.#rows(channel)
      .where('m.author', '=', author)
      .where('m.client_id', '=', clientId)
      .executeTakeFirst();
    return row === undefined ? undefined : chatMessageRow(row);
  }

  /** When an author last said something, deleted or not. */
  async lastSaidAtMs(channel: string, author: string): Promise<number | undefined> {
    return (await this.#lastOf(channel, author))?.sent_at;
  }

  /** What an author was called when he last said something, deleted or not. */
  async lastNameOf(channel: string, author: string): Promise<string | undefined> {
    return (await this.#lastOf(channel, author))?.name;
  }

  /** Deletes a message and its text; false when there was none. */
  async delete(channel: string, id: string, nowMs: number): Promise<boolean> {
    const { numUpdatedRows } = await this.#deletion(channel, nowMs).where('id', '=', id).executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  /** Deletes all that an author said. */
  async purge(channel: string, author: string, nowMs: number): Promise<void> {
    await this.#deletion(channel, nowMs).where('author', '=', author).execute();
  }

  /** Removes all but the newest `keep` messages of a channel, except those that belong to a recording of it. */
  async prune(channel: string, keep: number): Promise<number> {
    const oldestKept = await this.#kysely
      .selectFrom('chat_messages')
      .select('seq')
      .where('channel', '=', channel)
      .orderBy('seq', 'desc')
      .limit(1)
      .offset(keep - 1)
      .executeTakeFirst();
    if (oldestKept === undefined) return 0;
    const { numDeletedRows } = await this.#kysely
      .deleteFrom('chat_messages')
      .where('channel', '=', channel)
      .where('seq', '<', oldestKept.seq)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('recordings as r')
              .select('r.id')
              .whereRef('r.channel', '=', 'chat_messages.channel')
              .whereRef('r.started_at', '<=', 'chat_messages.shown_at')
              .where(({ or, eb, ref }) =>
                or([eb('r.ended_at', 'is', null), eb('r.ended_at', '>=', ref('chat_messages.shown_at'))]),
              ),
          ),
        ),
      )
      .executeTakeFirst();
    return Number(numDeletedRows);
  }

  #lastOf(channel: string, author: string) {
    return this.#kysely
      .selectFrom('chat_messages')
      .select(['sent_at', 'name'])
      .where('channel', '=', channel)
      .where('author', '=', author)
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirst();
  }

  #messages(channel: string) {
    return this.#rows(channel).where('m.deleted_at', 'is', null);
  }

  #rows(channel: string) {
    return this.#kysely
      .selectFrom('chat_messages as m')
      .leftJoin('chat_messages as q', (join) =>
        join.onRef('q.id', '=', 'm.reply_to').onRef('q.channel', '=', 'm.channel').on('q.deleted_at', 'is', null),
      )
      .selectAll('m')
      .select(['q.id as quote_id', 'q.name as quote_name', 'q.body as quote_body'])
      .where('m.channel', '=', channel);
  }

  #deletion(channel: string, nowMs: number) {
    return this.#kysely
      .updateTable('chat_messages')
      .set({ deleted_at: nowMs, body: '' })
      .where('channel', '=', channel)
      .where('deleted_at', 'is', null);
  }
}

interface Quoted {
  readonly quote_id: string | null;
  readonly quote_name: string | null;
  readonly quote_body: string | null;
}

function chatMessageRow(row: Selectable<Schema['chat_messages']> & Quoted): ChatMessageRow {
  return {
    id: row.id,
    channel: row.channel,
    seq: row.seq,
    author: row.author,
    name: row.name,
    role: row.role ?? undefined,
    body: row.body,
    replyTo:
      row.quote_id === null ? undefined : { id: row.quote_id, name: row.quote_name ?? '', body: row.quote_body ?? '' },
    clientId: row.client_id,
    sentAtMs: row.sent_at,
    mediaAtMs: row.media_at ?? undefined,
    isDeleted: row.deleted_at !== null,
  };
}
