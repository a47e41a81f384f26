import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CreateInvitation, Invitation, type InvitationOffer, Role } from '@weir/contract';
import { type AccountRow, Database, type InvitationRow } from '@weir/store';
import type { Caller } from './caller.js';
import { hashSecret, newSecret } from './secret.js';

/** Thrown for a code that never was, was revoked, has expired or is used up. */
export class InvitationInvalid extends Error {
  constructor() {
    super('The invitation does not hold: it was revoked, has expired, is used up or never was.');
    this.name = 'InvitationInvalid';
  }
}

/** Thrown when there is no such invitation, or it was revoked before. */
export class InvitationUnknown extends Error {
  constructor() {
    super('There is no such invitation.');
    this.name = 'InvitationUnknown';
  }
}

/** What invitations need of channels. */
export interface InvitingChannels {
  /** The title of a channel; undefined when there is none of that name. */
  title(channel: string): string | undefined;
  /** Whether an account may invite to a channel. */
  mayInvite(channel: string, account: string): boolean;
  /** Whether streams of a channel are recorded. */
  records(channel: string): boolean;
  /** Gives an account a role; false when it has that or a mightier one. Rejects when it is banned. */
  admit(channel: string, account: AccountRow, role: Role, invitedBy: string | undefined): Promise<boolean>;
}

/** Invitations to the server and to channels: who holds the code may take them. */
@Injectable()
export class Invitations {
  readonly #database: Database;
  #channels: InvitingChannels | undefined;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Lets invitations lead into channels from now on. */
  openChannels(channels: InvitingChannels): void {
    this.#channels = channels;
  }

  /** Makes an invitation to a channel or, with null, to the server; the code is told this once. */
  async create(
    caller: Pick<Caller, 'account'>,
    channel: string | null,
    { role, note, expiresInSeconds, maxUses }: CreateInvitation,
  ): Promise<Invitation & { code: string }> {
    const code = newSecret();
    const createdAtMs = Date.now();
    const row = {
      id: randomUUID(),
      hash: hashSecret(code),
      channel: channel ?? undefined,
      role,
      note,
      createdBy: caller.account?.id,
      createdAtMs,
      expiresAtMs: expiresInSeconds === undefined ? undefined : createdAtMs + expiresInSeconds * 1000,
      maxUses,
    };
    await this.#database.invitations.insert(row);
    return { ...invitationOf({ ...row, uses: 0, revokedAtMs: undefined }), code };
  }

  /** The invitations to a channel or, with null, to the server; newest first. */
  async list(channel: string | null): Promise<Invitation[]> {
    return (await this.#database.invitations.list(channel ?? undefined)).map(invitationOf);
  }

  /** Ends an invitation for good; rejects with InvitationUnknown. */
  async revoke(channel: string | null, id: string): Promise<void> {
    const isRevoked = await this.#database.invitations.revoke(channel ?? undefined, id, Date.now());
    if (!isRevoked) throw new InvitationUnknown();
  }

  /** What a code offers; rejects with InvitationInvalid. */
  async look(code: string): Promise<InvitationOffer> {
    const row = await this.find(code);
    const inviter = row.createdBy === undefined ? undefined : await this.#database.accounts.find(row.createdBy);
    const { channel = null } = row;
    const title = channel === null ? null : (this.#channels?.title(channel) ?? null);
    const recorded = channel === null ? null : (this.#channels?.records(channel) ?? false);
    return { channel, title, role: Role.parse(row.role), invitedBy: inviter?.name ?? null, recorded };
  }

  /** The invitation of a code, if it holds; rejects with InvitationInvalid. */
  async find(code: string): Promise<InvitationRow> {
    const row = await this.#database.invitations.findByHash(hashSecret(code));
    if (row === undefined || !holds(row, Date.now())) throw new InvitationInvalid();
    if (row.channel !== undefined && this.#channels?.title(row.channel) === undefined) throw new InvitationInvalid();
    if (row.createdBy !== undefined && !(await this.#mayInvite(row.createdBy, row.channel)))
      throw new InvitationInvalid();
    return row;
  }

  /** Gives an account what an invitation offers and counts one use, unless it had that; rejects with InvitationInvalid. */
  async take(row: InvitationRow, account: AccountRow): Promise<boolean> {
    const isNew = await this.use(row, () => this.#give(row, account));
    if (!isNew) await this.#database.invitations.giveBack(row.id);
    return isNew;
  }

  /** Like `take`, for an account that is made once the use is counted. */
  async takeFirst(row: InvitationRow, make: () => Promise<AccountRow>): Promise<AccountRow> {
    return this.use(row, async () => {
      const account = await make();
      await this.#give(row, account);
      return account;
    });
  }

  /** Counts one use for what is done then, which is given back when that fails; rejects with InvitationInvalid. */
  async use<Result>({ id }: InvitationRow, take: () => Promise<Result>): Promise<Result> {
    if (!(await this.#database.invitations.use(id, Date.now()))) throw new InvitationInvalid();
    try {
      return await take();
    } catch (error) {
      await this.#database.invitations.giveBack(id);
      throw error;
    }
  }

  // Who is not let in any more, or has no say any more, lets nobody in.
  async #mayInvite(inviter: string, channel: string | undefined): Promise<boolean> {
    const account = await this.#database.accounts.find(inviter);
    if (account === undefined || account.disabledAtMs !== undefined) return false;
    return account.isAdmin || (channel !== undefined && this.#channels?.mayInvite(channel, inviter) === true);
  }

  async #give({ channel, role, createdBy }: InvitationRow, account: AccountRow): Promise<boolean> {
    if (channel === undefined) {
      if (account.mayCreate) return false;
      await this.#database.accounts.update(account.id, { mayCreate: true });
      return true;
    }
    if (this.#channels === undefined) throw new InvitationInvalid();
    return this.#channels.admit(channel, account, Role.parse(role), createdBy);
  }
}

function holds(
  { expiresAtMs = Infinity, maxUses = Infinity, uses, revokedAtMs }: InvitationRow,
  nowMs: number,
): boolean {
  return revokedAtMs === undefined && expiresAtMs > nowMs && uses < maxUses;
}

function invitationOf(row: InvitationRow): Invitation {
  return {
    id: row.id,
    channel: row.channel ?? null,
    role: Role.parse(row.role),
    note: row.note,
    createdAt: new Date(row.createdAtMs).toISOString(),
    expiresAt: row.expiresAtMs === undefined ? null : new Date(row.expiresAtMs).toISOString(),
    maxUses: row.maxUses ?? null,
    uses: row.uses,
    revokedAt: row.revokedAtMs === undefined ? null : new Date(row.revokedAtMs).toISOString(),
  };
}
