import { EventEmitter } from 'node:events';
import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type AccountRow, Database, type SessionRow } from '@weir/store';
import { type OriginRequest, RequestOrigins } from './request-origin.js';
import { hashSecret, newSecret } from './secret.js';

/** What features may listen to. */
export interface SessionEvents {
  /** A session is over; without one, whoever was that account proves it again, because its rights changed or a token is over. */
  ended: [account: string, session: string | undefined];
}

/** Thrown when an account has no such session. */
export class SignInUnknown extends Error {
  constructor() {
    super('There is no such session.');
    this.name = 'SignInUnknown';
  }
}

/** A session just begun; its secret is in the browser's cookie and nowhere else. */
export interface OpenedSession {
  readonly secret: string;
  readonly id: string;
}

const idleMs = 30 * 86_400_000;
const longestMs = 365 * 86_400_000;
const touchAfterMs = 60_000;
const mostOfAnAccount = 100;

/** The browsers that are signed in. */
@Injectable()
export class Sessions {
  readonly events = new EventEmitter<SessionEvents>();
  readonly #database: Database;
  readonly #origins: RequestOrigins;

  constructor(database: Database, origins: RequestOrigins) {
    this.#database = database;
    this.#origins = origins;
    // one listener for each feature that keeps connections
    this.events.setMaxListeners(0);
  }

  /** Begins a session of the browser that asks, under a new secret; the oldest of more than 100 end. */
  async open(account: string, request: OriginRequest): Promise<OpenedSession> {
    const secret = newSecret();
    const id = randomUUID();
    const nowMs = Date.now();
    for (const old of (await this.list(account)).slice(mostOfAnAccount - 1)) await this.#delete(account, old.id);
    await this.#database.sessions.insert({
      hash: hashSecret(secret),
      id,
      account,
      createdAtMs: nowMs,
      lastSeenAtMs: nowMs,
      expiresAtMs: nowMs + idleMs,
      address: this.#origins.of(request).address,
      userAgent: (request.headers['user-agent'] ?? '').slice(0, 300),
    });
    return { secret, id };
  }

  /** The session of a cookie and whose it is; undefined once it is over or the account is disabled. */
  async find(secret: string): Promise<{ session: SessionRow; account: AccountRow } | undefined> {
    const found = await this.#database.sessions.find(hashSecret(secret));
    const nowMs = Date.now();
    if (found === undefined || found.session.expiresAtMs <= nowMs || found.account.disabledAtMs !== undefined) {
      return undefined;
    }
    const { id, createdAtMs, lastSeenAtMs } = found.session;
    if (nowMs - lastSeenAtMs > touchAfterMs) {
      await this.#database.sessions.touch(id, nowMs, Math.min(nowMs + idleMs, createdAtMs + longestMs));
    }
    return found;
  }

  /** The sessions of an account that are not over, newest first. */
  async list(account: string): Promise<SessionRow[]> {
    const nowMs = Date.now();
    return (await this.#database.sessions.list(account)).filter(({ expiresAtMs }) => expiresAtMs > nowMs);
  }

  /** Ends a session; throws SignInUnknown when the account has no such session. */
  async end(account: string, id: string): Promise<void> {
    if (!(await this.#delete(account, id))) throw new SignInUnknown();
  }

  /** Ends all sessions of an account but one. */
  async endOthers(account: string, kept: string): Promise<void> {
    for (const { id } of await this.#database.sessions.list(account)) {
      if (id !== kept) await this.#delete(account, id);
    }
  }

  /** Ends all sessions of an account, and tells that whatever else proved to be it is over. */
  async endAll(account: string): Promise<void> {
    await this.endOthers(account, '');
    this.events.emit('ended', account, undefined);
  }

  async #delete(account: string, id: string): Promise<boolean> {
    const wasThere = await this.#database.sessions.delete(account, id);
    if (wasThere) this.events.emit('ended', account, id);
    return wasThere;
  }
}
