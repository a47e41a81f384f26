import type { Kysely, Selectable } from 'kysely';
import type { Schema } from './schema.js';

/** One row of `audit_log`; the time is Unix milliseconds. */
export interface AuditRow {
  readonly id: string;
  /** Undefined for what concerns the server. */
  readonly channel: string | undefined;
  readonly atMs: number;
  /** Key of who did it. */
  readonly actor: string;
  readonly actorName: string;
  readonly action: string;
  readonly target: string;
  readonly detail: string;
}

/** A place in the log: what is told next was done before it. */
export interface AuditPlace {
  readonly atMs: number;
  readonly id: string;
}

/** What was done, by whom. */
export class AuditTable {
  readonly #kysely: Kysely<Schema>;

  constructor(kysely: Kysely<Schema>) {
    this.#kysely = kysely;
  }

  /** Adds an entry. */
  async insert(row: AuditRow): Promise<void> {
    const { id, atMs, actor, actorName, action, target, detail } = row;
    await this.#kysely
      .insertInto('audit_log')
      .values({ id, channel: row.channel ?? null, at: atMs, actor, actor_name: actorName, action, target, detail })
      .execute();
  }

  /** The newest entries before a place, of a channel or, with undefined, of the server and all channels. */
  async page(channel: string | undefined, before: AuditPlace | undefined, limit: number): Promise<AuditRow[]> {
    let query = this.#kysely.selectFrom('audit_log').selectAll();
    if (channel !== undefined) query = query.where('channel', '=', channel);
    if (before !== undefined) {
      query = query
        .where('at', '<=', before.atMs)
        .where((where) => where.or([where('at', '<', before.atMs), where('id', '<', before.id)]));
    }
    const rows = await query.orderBy('at', 'desc').orderBy('id', 'desc').limit(limit).execute();
    return rows.map(auditRow);
  }

  /** Deletes every entry from before a time. */
  async deleteBefore(atMs: number): Promise<void> {
    await this.#kysely.deleteFrom('audit_log').where('at', '<', atMs).execute();
  }
}

function auditRow(row: Selectable<Schema['audit_log']>): AuditRow {
  return {
    id: row.id,
    channel: row.channel ?? undefined,
    atMs: row.at,
    actor: row.actor,
    actorName: row.actor_name,
    action: row.action,
    target: row.target,
    detail: row.detail,
  };
}
