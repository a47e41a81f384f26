import { Injectable } from '@nestjs/common';
import { type CookieReply, Cookies, type OriginRequest, Seals } from '@weir/auth';
import type { ChannelRow } from '@weir/store';

/** What of a channel a cookie is bound to: not even a later channel of the same name takes it. */
export type WatchedChannel = Pick<ChannelRow, 'name' | 'createdAtMs' | 'watchEpoch'>;

const lifeSeconds = 30 * 86_400;

/** The cookies that remember for 30 days that a browser showed a channel's watch token. */
@Injectable()
export class WatchCookies {
  readonly #cookies: Cookies;
  readonly #seals: Seals;

  constructor(cookies: Cookies, seals: Seals) {
    this.#cookies = cookies;
    this.#seals = seals;
  }

  /** Gives the browser the cookie of a channel. */
  set(request: OriginRequest, reply: CookieReply, channel: WatchedChannel): void {
    const expiry = Math.floor(Date.now() / 1000) + lifeSeconds;
    const value = `${expiry}.${this.#seals.seal('watch', sealed(channel, expiry))}`;
    this.#cookies.set(request, reply, cookieOf(channel), value, lifeSeconds);
  }

  /** Whether the request has a cookie of the channel that still holds. */
  has(request: OriginRequest, channel: WatchedChannel): boolean {
    const value = this.#cookies.read(request, cookieOf(channel)) ?? '';
    const [, expiry, seal] = /^(\d{1,12})\.([\w-]{43})$/.exec(value) ?? [];
    if (expiry === undefined || seal === undefined || Number(expiry) * 1000 <= Date.now()) return false;
    return this.#seals.isSeal('watch', sealed(channel, Number(expiry)), seal);
  }
}

function cookieOf({ name }: WatchedChannel): string {
  return `weir_watch_${name}`;
}

function sealed({ name, createdAtMs, watchEpoch }: WatchedChannel, expiry: number): string {
  return [name, createdAtMs, watchEpoch, expiry].join('\n');
}
