import { Injectable } from '@nestjs/common';
import type { SessionView } from '@weir/contract';
import type { AccountRow } from '@weir/store';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { accountOf } from './account-view.js';
import { Callers, SESSION_COOKIE } from './callers.js';
import { Cookies } from './cookies.js';
import { CrossSiteGuard } from './cross-site.guard.js';
import { Guests } from './guests.js';
import { Sessions } from './sessions.js';
import { SignUps } from './sign-ups.js';

const yearSeconds = 31_536_000;

/** Signs browsers in and out, and tells a page who it speaks for. */
@Injectable()
export class BrowserSessions {
  readonly #callers: Callers;
  readonly #cookies: Cookies;
  readonly #crossSite: CrossSiteGuard;
  readonly #guests: Guests;
  readonly #sessions: Sessions;
  readonly #signUps: SignUps;

  constructor(
    callers: Callers,
    cookies: Cookies,
    crossSite: CrossSiteGuard,
    guests: Guests,
    sessions: Sessions,
    signUps: SignUps,
  ) {
    this.#callers = callers;
    this.#cookies = cookies;
    this.#crossSite = crossSite;
    this.#guests = guests;
    this.#sessions = sessions;
    this.#signUps = signUps;
  }

  /** Signs the browser in under a new secret; what it was signed in with before is over. */
  async open(request: FastifyRequest, reply: FastifyReply, account: AccountRow): Promise<SessionView> {
    await this.#endCurrent(request);
    const { secret } = await this.#sessions.open(account.id, request);
    this.#cookies.set(request, reply, SESSION_COOKIE, secret, yearSeconds);
    return this.#view(account, this.#crossSite.tokenFor(secret));
  }

  /** Signs the browser out. */
  async close(request: FastifyRequest, reply: FastifyReply): Promise<SessionView> {
    await this.#endCurrent(request);
    this.#cookies.clear(request, reply, SESSION_COOKIE);
    this.#guests.welcome(request, reply);
    return this.#view(undefined, null);
  }

  /** Who the page speaks for; a browser that is nobody becomes a guest. */
  async look(request: FastifyRequest, reply: FastifyReply): Promise<SessionView> {
    const { account, via } = await this.#callers.of(request);
    if (via === 'none') this.#guests.welcome(request, reply);
    return this.#view(account, via === 'cookie' ? (this.#crossSite.tokenOf(request) ?? null) : null);
  }

  async #endCurrent(request: FastifyRequest): Promise<void> {
    const { via, account, session } = await this.#callers.of(request);
    this.#callers.forget(request);
    if (via === 'cookie' && account !== undefined && session !== undefined) {
      await this.#sessions.end(account.id, session);
    }
  }

  #view(account: AccountRow | undefined, csrf: string | null): SessionView {
    return { account: account === undefined ? null : accountOf(account), csrf, signUp: this.#signUps.by };
  }
}
