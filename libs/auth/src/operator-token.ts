import { Inject, Injectable } from '@nestjs/common';
import { AUTH_OPTIONS, type AuthOptions } from './auth-options.js';
import { hashSecret, sameHash } from './secret.js';

/** The token of who runs the server, `WEIR_ADMIN_TOKEN`: good for everything, and only as long as it is configured. */
@Injectable()
export class OperatorToken {
  readonly #hash: Uint8Array | undefined;

  constructor(@Inject(AUTH_OPTIONS) { adminToken }: AuthOptions) {
    this.#hash = adminToken === undefined ? undefined : hashSecret(adminToken);
  }

  /** Whether it is the token; in constant time. */
  is(token: string): boolean {
    return this.#hash !== undefined && sameHash(this.#hash, hashSecret(token));
  }
}
