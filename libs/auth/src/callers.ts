import { Injectable } from '@nestjs/common';
import { Scope } from '@weir/contract';
import { bearerToken } from '@weir/whip';
import { ApiTokens } from './api-tokens.js';
import { type Caller, CredentialsRejected } from './caller.js';
import { Cookies } from './cookies.js';
import { Guests } from './guests.js';
import { OperatorToken } from './operator-token.js';
import { type OriginRequest, RequestOrigins } from './request-origin.js';
import { Sessions } from './sessions.js';

/** Name of the cookie that carries a session's secret. */
export const SESSION_COOKIE = 'weir_session';

const operator: Caller = {
  key: 'operator',
  account: undefined,
  scopes: undefined,
  isAdmin: true,
  via: 'operator',
  name: 'operator',
};

/** Finds out who makes a request: by a bearer token, a session's cookie or a guest's. */
@Injectable()
export class Callers {
  readonly #sessions: Sessions;
  readonly #tokens: ApiTokens;
  readonly #operator: OperatorToken;
  readonly #guests: Guests;
  readonly #cookies: Cookies;
  readonly #origins: RequestOrigins;
  readonly #known = new WeakMap<OriginRequest, Promise<Caller>>();

  constructor(
    sessions: Sessions,
    tokens: ApiTokens,
    operatorToken: OperatorToken,
    guests: Guests,
    cookies: Cookies,
    origins: RequestOrigins,
  ) {
    this.#sessions = sessions;
    this.#tokens = tokens;
    this.#operator = operatorToken;
    this.#guests = guests;
    this.#cookies = cookies;
    this.#origins = origins;
  }

  /** Who makes the request, asked once for each; rejects with CredentialsRejected for a wrong bearer token, and InsecureTransport. */
  of(request: OriginRequest): Promise<Caller> {
    const known = this.#known.get(request);
    if (known !== undefined) return known;
    const caller = this.#find(request);
    this.#known.set(request, caller);
    return caller;
  }

  /** Asks again for a request that changed who makes it. */
  forget(request: OriginRequest): void {
    this.#known.delete(request);
  }

  async #find(request: OriginRequest): Promise<Caller> {
    const token = bearerToken(request.headers.authorization);
    if (token !== undefined) return this.#ofToken(request, token);
    const secret = this.#cookies.read(request, SESSION_COOKIE);
    const found = secret === undefined ? undefined : await this.#sessions.find(secret);
    if (found !== undefined) {
      const { session, account } = found;
      const { id, name, isAdmin } = account;
      return { key: `a:${id}`, account, scopes: undefined, isAdmin, via: 'cookie', name, session: session.id };
    }
    const guest = this.#guests.of(request);
    const key = guest === undefined ? '' : `g:${guest}`;
    return { key, account: undefined, scopes: undefined, isAdmin: false, via: 'none', name: '' };
  }

  async #ofToken(request: OriginRequest, token: string): Promise<Caller> {
    this.#origins.requireSecure(request);
    if (this.#operator.is(token)) return operator;
    const verified = await this.#tokens.verify(token);
    if (verified === undefined) throw new CredentialsRejected();
    const { account, scopes } = verified;
    const { id, name, isAdmin } = account;
    return { key: `a:${id}`, account, scopes: granted(scopes, isAdmin), isAdmin, via: 'token', name };
  }
}

function granted(scopes: ReadonlySet<Scope>, isAdmin: boolean): ReadonlySet<Scope> {
  if (isAdmin) return scopes;
  return new Set([...scopes].filter((scope) => !scope.startsWith('server:')));
}
