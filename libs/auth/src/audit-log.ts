import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { AuditPage } from '@weir/contract';
import { type AuditPlace, type AuditRow, Database } from '@weir/store';
import type { Caller } from './caller.js';

/** What was done. */
export interface AuditNote {
  /** Null for what concerns the server. */
  readonly channel: string | null;
  /** Such as `chat.ban` or `key.revoke`. */
  readonly action: string;
  /** To whom or to what; empty where that says nothing. */
  readonly target: string;
  /** What else is worth knowing, never a secret. */
  readonly detail: string;
}

/** Who did what, for a year. */
@Injectable()
export class AuditLog {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Notes that somebody did something. */
  async note(
    { key, name }: Pick<Caller, 'key' | 'name'>,
    { channel, action, target, detail }: AuditNote,
  ): Promise<void> {
    await this.#database.auditLog.insert({
      id: randomUUID(),
      channel: channel ?? undefined,
      atMs: Date.now(),
      actor: key,
      actorName: name,
      action,
      target: target.slice(0, 200),
      detail: detail.slice(0, 500),
    });
  }

  /** The newest entries, before what the `next` of the page before says; of a channel or, with null, of the server and all channels. */
  async page(channel: string | null, before: string | undefined, limit: number): Promise<AuditPage> {
    const rows = await this.#database.auditLog.page(channel ?? undefined, placeOf(before), limit + 1);
    const entries = rows.slice(0, limit);
    const last = rows.length > limit ? entries.at(-1) : undefined;
    return { entries: entries.map(entryOf), next: last === undefined ? null : `${last.atMs}-${last.id}` };
  }
}

function placeOf(text: string | undefined): AuditPlace | undefined {
  const [, at, id] = /^(\d{1,15})-([\w-]{1,64})$/.exec(text ?? '') ?? [];
  return at === undefined || id === undefined ? undefined : { atMs: Number(at), id };
}

function entryOf(row: AuditRow): AuditPage['entries'][number] {
  const { id, channel = null, atMs, actor, actorName, action, target, detail } = row;
  return { id, channel, at: new Date(atMs).toISOString(), actor, actorName, action, target, detail };
}
