import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Scope } from '@weir/contract';
import { type AccountRow, type ApiTokenRow, Database } from '@weir/store';
import { hashSecret, newSecret, sameHash } from './secret.js';

/** Thrown when an account has no such API token, or it was revoked before. */
export class ApiTokenUnknown extends Error {
  constructor() {
    super('There is no such API token.');
    this.name = 'ApiTokenUnknown';
  }
}

/** What an API token shows. */
export interface VerifiedApiToken {
  readonly account: AccountRow;
  readonly scopes: ReadonlySet<Scope>;
}

/** An API token just made; its value is never told again. */
export interface NewApiToken {
  readonly token: string;
  readonly row: ApiTokenRow;
}

const prefix = 'weir_';
const touchAfterMs = 60_000;

/** The API tokens: each lets a program act for an account within some scopes. */
@Injectable()
export class ApiTokens {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Makes a token of an account, which ends at a time or never. */
  async create(
    account: string,
    label: string,
    scopes: readonly Scope[],
    expiresAtMs: number | undefined,
  ): Promise<NewApiToken> {
    const token = `${prefix}${newSecret()}`;
    const row = {
      id: randomUUID(),
      account,
      hash: hashSecret(token),
      label,
      scopes: [...new Set(scopes)],
      createdAtMs: Date.now(),
      expiresAtMs,
    };
    await this.#database.apiTokens.insert(row);
    return { token, row: { ...row, lastUsedAtMs: undefined, revokedAtMs: undefined } };
  }

  /** Whose token it is and what it is good for; undefined when it is none, is over, or its account is disabled. */
  async verify(token: string): Promise<VerifiedApiToken | undefined> {
    if (!token.startsWith(prefix)) return undefined;
    const hash = hashSecret(token);
    const found = await this.#database.apiTokens.find(hash);
    if (found === undefined || !sameHash(found.token.hash, hash) || found.account.disabledAtMs !== undefined) {
      return undefined;
    }
    const { id, expiresAtMs = Infinity, revokedAtMs, lastUsedAtMs = 0, scopes } = found.token;
    const nowMs = Date.now();
    if (revokedAtMs !== undefined || expiresAtMs <= nowMs) return undefined;
    if (nowMs - lastUsedAtMs > touchAfterMs) await this.#database.apiTokens.touch(id, nowMs);
    return { account: found.account, scopes: new Set(knownScopes(scopes)) };
  }

  /** The tokens of an account, oldest first, without their values. */
  async list(account: string): Promise<ApiTokenRow[]> {
    return this.#database.apiTokens.list(account);
  }

  /** Ends a token for good; throws ApiTokenUnknown. */
  async revoke(account: string, id: string): Promise<void> {
    if (!(await this.#database.apiTokens.revoke(account, id, Date.now()))) throw new ApiTokenUnknown();
  }
}

/** The scopes among some words, as a database of another version may have more. */
export function knownScopes(words: readonly string[]): Scope[] {
  return Scope.options.filter((scope) => words.includes(scope));
}
