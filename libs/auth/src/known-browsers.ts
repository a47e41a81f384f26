import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type CookieReply, Cookies } from './cookies.js';
import type { OriginRequest } from './request-origin.js';
import { Seals } from './seals.js';

const cookie = 'weir_known';
const purpose = 'known browser';
const yearSeconds = 31_536_000;

/** A browser in which an account was signed in before. */
export interface KnownBrowser {
  readonly account: string;
  readonly id: string;
}

/** Remembers where an account was signed in: there, wrong passwords that strangers try do not lock its owner out. */
@Injectable()
export class KnownBrowsers {
  readonly #cookies: Cookies;
  readonly #seals: Seals;

  constructor(cookies: Cookies, seals: Seals) {
    this.#cookies = cookies;
    this.#seals = seals;
  }

  /** The browser of a request; undefined when nobody was signed in there. */
  of(request: OriginRequest): KnownBrowser | undefined {
    const [, account, id, seal] =
      /^([\w-]{1,64})\.([\w-]{22})\.([\w-]{43})$/.exec(this.#cookies.read(request, cookie) ?? '') ?? [];
    if (account === undefined || id === undefined || seal === undefined) return undefined;
    return this.#seals.isSeal(purpose, `${account}.${id}`, seal) ? { account, id } : undefined;
  }

  /** Remembers the browser for a year as one of the account. */
  remember(request: OriginRequest, reply: CookieReply, account: string): void {
    if (this.of(request)?.account === account) return;
    const value = `${account}.${randomBytes(16).toString('base64url')}`;
    this.#cookies.set(request, reply, cookie, `${value}.${this.#seals.seal(purpose, value)}`, yearSeconds);
  }
}
