import { randomUUID } from 'node:crypto';
import { type AccountRow, Database } from '@weir/store';
import { Accounts } from './accounts.js';
import { ApiTokens } from './api-tokens.js';
import type { AuthOptions } from './auth-options.js';
import { Callers } from './callers.js';
import { type CookieReply, Cookies } from './cookies.js';
import { Guests } from './guests.js';
import { Invitations } from './invitations.js';
import { KnownBrowsers } from './known-browsers.js';
import { nameForm } from './look-alike.js';
import { OperatorToken } from './operator-token.js';
import type { Passwords } from './passwords.js';
import { type OriginRequest, RequestOrigins } from './request-origin.js';
import { Seals } from './seals.js';
import { Sessions } from './sessions.js';
import { Setup } from './setup.js';
import { SignInLimits } from './sign-in-limits.js';
import { SignUps } from './sign-ups.js';

/** Everything of authentication on an empty database, without HTTP and with passwords that cost nothing. */
export class AuthBench {
  readonly database = Database.inMemory();
  readonly origins: RequestOrigins;
  readonly seals = new Seals(this.database);
  readonly cookies: Cookies;
  readonly guests: Guests;
  readonly known: KnownBrowsers;
  readonly sessions: Sessions;
  readonly tokens = new ApiTokens(this.database);
  readonly setup = new Setup(this.database);
  readonly invitations = new Invitations(this.database);
  readonly limits = new SignInLimits();
  readonly accounts: Accounts;
  readonly signUps: SignUps;
  readonly callers: Callers;

  static async open(options: Partial<AuthOptions> = {}): Promise<AuthBench> {
    const bench = new AuthBench({ allowInsecureKeys: false, trustedProxies: [], ...options });
    await bench.seals.onModuleInit();
    return bench;
  }

  private constructor(options: AuthOptions) {
    const { database, tokens, setup, invitations, limits } = this;
    this.origins = new RequestOrigins(options);
    this.sessions = new Sessions(database, this.origins);
    this.cookies = new Cookies(this.origins);
    this.guests = new Guests(this.cookies, this.seals);
    this.known = new KnownBrowsers(this.cookies, this.seals);
    this.accounts = new Accounts(database, cheapPasswords, limits, this.sessions);
    this.signUps = new SignUps(database, cheapPasswords, setup, invitations, options);
    const operator = new OperatorToken(options);
    this.callers = new Callers(this.sessions, tokens, operator, this.guests, this.cookies, this.origins);
  }

  /** Adds an account with the password `password of <name>`. */
  async account(name: string, rights: Partial<AccountRow> = {}): Promise<AccountRow> {
    const row = { id: randomUUID(), name, isAdmin: false, mayCreate: false, createdAtMs: Date.now(), ...rights };
    await this.database.accounts.insert({ ...row, nameKey: nameForm(name), password: `cheap password of ${name}` });
    return { disabledAtMs: undefined, ...row };
  }
}

/** Where a browser is. */
export interface BrowserTraits {
  readonly encrypted?: boolean;
  readonly address?: string;
}

/** Keeps cookies as a browser does, and shows them in requests. */
export class TestBrowser implements CookieReply {
  readonly #traits: BrowserTraits;
  readonly jar = new Map<string, string>();
  /** Every `Set-Cookie` that it was sent, oldest first. */
  readonly told: string[] = [];

  constructor(traits: BrowserTraits = {}) {
    this.#traits = traits;
  }

  header(_name: string, value: string): void {
    this.told.push(value);
    const [, name = '', text = ''] = /^([^=]+)=([^;]*)/.exec(value) ?? [];
    if (value.includes('Max-Age=0')) this.jar.delete(name);
    else this.jar.set(name, text);
  }

  /** Its next request. */
  request(headers: Record<string, string> = {}): OriginRequest {
    const cookie = [...this.jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const { address = '127.0.0.1', encrypted = false } = this.#traits;
    return { headers: { cookie, ...headers }, socket: { remoteAddress: address, encrypted } };
  }
}

const cheapPasswords = {
  hash: async (password: string) => `cheap ${password}`,
  verify: async (password: string, hash: string | undefined) => hash === `cheap ${password}`,
} as unknown as Passwords;
