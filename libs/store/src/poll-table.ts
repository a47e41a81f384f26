import type { Kysely, Selectable } from 'kysely';
import type { Schema } from './schema.js';

/** One row of `polls`; times are Unix milliseconds. */
export interface PollRow {
  readonly id: string;
  readonly channel: string;
  readonly question: string;
  readonly options: readonly string[];
  /** Who asked, as authors of messages are named. */
  readonly createdBy: string;
  readonly createdAtMs: number;
  /** When it closes by itself. */
  readonly closesAtMs: number | undefined;
  readonly closedAtMs: number | undefined;
}

/** The polls of all channels and what was voted in them. */
export class PollTable {
  readonly #kysely: Kysely<Schema>;

  constructor(kysely: Kysely<Schema>) {
    this.#kysely = kysely;
  }

  /** Adds a poll to a channel that exists. */
  async insert(row: Omit<PollRow, 'closedAtMs'>): Promise<void> {
    const { id, channel, question } = row;
    await this.#kysely
      .insertInto('polls')
      .values({
        id,
        channel,
        question,
        options: JSON.stringify(row.options),
        created_by: row.createdBy,
        created_at: row.createdAtMs,
        closes_at: row.closesAtMs ?? null,
      })
      .execute();
  }

  /** The poll that was opened last in a channel, closed or not. */
  async newest(channel: string): Promise<PollRow | undefined> {
    const row = await this.#kysely
      .selectFrom('polls')
      .selectAll()
      .where('channel', '=', channel)
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row === undefined ? undefined : pollRow(row);
  }

  /** Ends a poll; false when it was closed before or is none. */
  async close(id: string, nowMs: number): Promise<boolean> {
    const { numUpdatedRows } = await this.#kysely
      .updateTable('polls')
      .set({ closed_at: nowMs })
      .where('id', '=', id)
      .where('closed_at', 'is', null)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  /** Takes the vote of somebody who has not voted in that poll; false when he has. */
  async vote(poll: string, voter: string, choice: number): Promise<boolean> {
    const { numInsertedOrUpdatedRows } = await this.#kysely
      .insertInto('poll_votes')
      .values({ poll, voter, choice })
      .onConflict((conflict) => conflict.columns(['poll', 'voter']).doNothing())
      .executeTakeFirst();
    return (numInsertedOrUpdatedRows ?? 0n) > 0n;
  }

  /** Which option somebody voted for. */
  async choiceOf(poll: string, voter: string): Promise<number | undefined> {
    const row = await this.#kysely
      .selectFrom('poll_votes')
      .select('choice')
      .where('poll', '=', poll)
      .where('voter', '=', voter)
      .executeTakeFirst();
    return row?.choice;
  }

  /** Votes by option; options without any are left out. */
  async count(poll: string): Promise<Map<number, number>> {
    const rows = await this.#kysely
      .selectFrom('poll_votes')
      .select(['choice', ({ fn }) => fn.countAll<number>().as('votes')])
      .where('poll', '=', poll)
      .groupBy('choice')
      .execute();
    return new Map(rows.map(({ choice, votes }) => [choice, Number(votes)]));
  }

  /** Takes back what a person voted in a poll; false when there was no vote. */
  async withdraw(poll: string, voter: string): Promise<boolean> {
    const { numDeletedRows } = await this.#kysely
      .deleteFrom('poll_votes')
      .where('poll', '=', poll)
      .where('voter', '=', voter)
      .executeTakeFirst();
    return numDeletedRows > 0n;
  }
}

function pollRow(row: Selectable<Schema['polls']>): PollRow {
  return {
    id: row.id,
    channel: row.channel,
    question: row.question,
    options: JSON.parse(row.options) as string[],
    createdBy: row.created_by,
    createdAtMs: row.created_at,
    closesAtMs: row.closes_at ?? undefined,
    closedAtMs: row.closed_at ?? undefined,
  };
}
