import type { Kysely, Selectable } from 'kysely';
import type { Schema } from './schema.js';

/** One row of `invitations`; times are Unix milliseconds. */
export interface InvitationRow {
  readonly id: string;
  /** SHA-256 of the code. */
  readonly hash: Uint8Array;
  /** Undefined for an invitation to the server. */
  readonly channel: string | undefined;
  readonly role: string;
  readonly note: string;
  /** Id of the account that invites. */
  readonly createdBy: string | undefined;
  readonly createdAtMs: number;
  /** Undefined for good. */
  readonly expiresAtMs: number | undefined;
  /** Undefined for any number. */
  readonly maxUses: number | undefined;
  readonly uses: number;
  readonly revokedAtMs: number | undefined;
}

/** The invitations to the server and to channels. */
export class InvitationTable {
  readonly #kysely: Kysely<Schema>;

  constructor(kysely: Kysely<Schema>) {
    this.#kysely = kysely;
  }

  /** Adds an invitation. */
  async insert(row: Omit<InvitationRow, 'uses' | 'revokedAtMs'>): Promise<void> {
    await this.#kysely
      .insertInto('invitations')
      .values({
        id: row.id,
        hash: row.hash,
        channel: row.channel ?? null,
        role: row.role,
        note: row.note,
        created_by: row.createdBy ?? null,
        created_at: row.createdAtMs,
        expires_at: row.expiresAtMs ?? null,
        max_uses: row.maxUses ?? null,
      })
      .execute();
  }

  /** The invitation whose code has that SHA-256, whether it still holds or not. */
  async findByHash(hash: Uint8Array): Promise<InvitationRow | undefined> {
    const row = await this.#kysely.selectFrom('invitations').selectAll().where('hash', '=', hash).executeTakeFirst();
    return row === undefined ? undefined : invitationRow(row);
  }

  /** The invitations to a channel or, with undefined, to the server; newest first. */
  async list(channel: string | undefined): Promise<InvitationRow[]> {
    const rows = await this.#kysely
      .selectFrom('invitations')
      .selectAll()
      .where((where) => (channel === undefined ? where('channel', 'is', null) : where('channel', '=', channel)))
      .orderBy('created_at', 'desc')
      .orderBy('id')
      .execute();
    return rows.map(invitationRow);
  }

  /** Counts one use; false, and nothing is counted, when the invitation does not hold any more. */
  async use(id: string, nowMs: number): Promise<boolean> {
    const { numUpdatedRows } = await this.#kysely
      .updateTable('invitations')
      .set((set) => ({ uses: set('uses', '+', 1) }))
      .where('id', '=', id)
      .where('revoked_at', 'is', null)
      .where((where) => where.or([where('expires_at', 'is', null), where('expires_at', '>', nowMs)]))
      .where((where) => where.or([where('max_uses', 'is', null), where('uses', '<', where.ref('max_uses'))]))
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  }

  /** Takes one use back that came to nothing. */
  async giveBack(id: string): Promise<void> {
    await this.#kysely
      .updateTable('invitations')
      .set((set) => ({ uses: set('uses', '-', 1) }))
      .where('id', '=', id)
      .where('uses', '>', 0)
      .execute();
  }

  /** Ends an invitation for good; false when there is no such invitation to the channel or server, or it is revoked already. */
  async revoke(channel: string | undefined, id: string, nowMs: number): Promise<boolean> {
    const { numUpdatedRows } = await this.#kysely
      .updateTable('invitations')
      .set({ revoked_at: nowMs })
      .where('id', '=', id)
      .where((where) => (channel === undefined ? where('channel', 'is', null) : where('channel', '=', channel)))
      .where('revoked_at', 'is', null)
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  }
}

function invitationRow(row: Selectable<Schema['invitations']>): InvitationRow {
  return {
    id: row.id,
    hash: row.hash,
    channel: row.channel ?? undefined,
    role: row.role,
    note: row.note,
    createdBy: row.created_by ?? undefined,
    createdAtMs: row.created_at,
    expiresAtMs: row.expires_at ?? undefined,
    maxUses: row.max_uses ?? undefined,
    uses: row.uses,
    revokedAtMs: row.revoked_at ?? undefined,
  };
}
