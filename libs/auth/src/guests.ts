import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type CookieReply, Cookies } from './cookies.js';
import type { OriginRequest } from './request-origin.js';
import { Seals } from './seals.js';

const cookie = 'weir_guest';
const purpose = 'guest';
const yearSeconds = 31_536_000;

/** The browsers that nobody signed in with: each is told apart by a cookie that this server sealed. */
@Injectable()
export class Guests {
  readonly #cookies: Cookies;
  readonly #seals: Seals;

  constructor(cookies: Cookies, seals: Seals) {
    this.#cookies = cookies;
    this.#seals = seals;
  }

  /** Id of the guest; undefined for a browser that was given none. */
  of(request: OriginRequest): string | undefined {
    const [, id, seal] = /^([\w-]{22})\.([\w-]{43})$/.exec(this.#cookies.read(request, cookie) ?? '') ?? [];
    if (id === undefined || seal === undefined || !this.#seals.isSeal(purpose, id, seal)) return undefined;
    return id;
  }

  /** Makes the browser a guest for a year, unless it is one. */
  welcome(request: OriginRequest, reply: CookieReply): void {
    if (this.of(request) !== undefined) return;
    const id = randomBytes(16).toString('base64url');
    this.#cookies.set(request, reply, cookie, `${id}.${this.#seals.seal(purpose, id)}`, yearSeconds);
  }
}
