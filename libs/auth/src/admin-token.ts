import { Inject, Injectable } from '@nestjs/common';
import { Database } from '@weir/store';
import { AUTH_OPTIONS, type AuthOptions } from './auth-options.js';
import { hashSecret, newSecret, sameHash } from './secret.js';

/** Thrown when an administrator's request shows no token or a wrong one. */
export class AdminTokenRejected extends Error {
  /** True when there was a token. */
  readonly given: boolean;

  constructor(given: boolean) {
    super(given ? 'The admin token is not valid.' : 'The admin token is needed.');
    this.name = 'AdminTokenRejected';
    this.given = given;
  }
}

/** Thrown when the code of an admin link was used before or never existed. */
export class AdminCodeRejected extends Error {
  constructor() {
    super('The admin link was used already or is not of this server: start Weir again with WEIR_ADMIN_TOKEN set.');
    this.name = 'AdminCodeRejected';
  }
}

/** The one token that administers this server: `WEIR_ADMIN_TOKEN`, or one handed out by a link that works once. */
@Injectable()
export class AdminToken {
  readonly #database: Database;
  readonly #configured: Uint8Array | undefined;

  constructor(database: Database, @Inject(AUTH_OPTIONS) options: AuthOptions) {
    this.#database = database;
    this.#configured = options.adminToken === undefined ? undefined : hashSecret(options.adminToken);
  }

  /** A new code for the admin link, ending older ones; undefined once somebody has a token. */
  offerCode(): string | undefined {
    if (this.#configured !== undefined) return undefined;
    if (this.#database.settings.get('admin-token-hash') !== undefined) return undefined;
    const code = newSecret();
    this.#database.settings.set('admin-code-hash', hashSecret(code));
    return code;
  }

  /** Turns the code of an admin link into the admin token, once; throws AdminCodeRejected. */
  redeem(code: string): string {
    const { settings } = this.#database;
    const expected = settings.get('admin-code-hash');
    if (expected === undefined || !sameHash(expected, hashSecret(code))) throw new AdminCodeRejected();
    const token = newSecret();
    settings.delete('admin-code-hash');
    settings.set('admin-token-hash', hashSecret(token));
    return token;
  }

  /** Throws AdminTokenRejected unless it is the token. */
  verify(token: string | undefined): void {
    if (token === undefined) throw new AdminTokenRejected(false);
    const expected = this.#configured ?? this.#database.settings.get('admin-token-hash');
    if (expected === undefined || !sameHash(expected, hashSecret(token))) throw new AdminTokenRejected(true);
  }
}
