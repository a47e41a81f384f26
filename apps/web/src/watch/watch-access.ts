import type { Channel } from '@weir/contract';
import { ask } from '../api/ask.js';
import { channelPath, getChannel } from '../api/channels.js';
import { RequestRefused } from '../media/request-refused.js';

/** What lets this page watch one channel: the cookies, or the token of a watch link where those are kept from a page in a frame. */
export class WatchAccess {
  #cookiesFail = false;

  constructor(
    readonly channel: string,
    /** Of a watch link; undefined without. */
    readonly token: string | undefined,
  ) {}

  /** Takes the token out of the address `#token=…`, where it would be copied and seen along with it. */
  static ofAddress(channel: string): WatchAccess {
    const token = new URLSearchParams(location.hash.slice(1)).get('token') ?? undefined;
    if (token !== undefined) history.replaceState(history.state, '', location.pathname + location.search);
    return new WatchAccess(channel, token);
  }

  /** Exchanges the token, or the membership of who is signed in, for the cookie; a refusal shows itself when media is asked for. */
  async exchange(): Promise<void> {
    const body = this.token === undefined ? {} : { token: this.token };
    await ask(`${channelPath(this.channel)}/watch`, 'POST', body).catch(() => undefined);
  }

  /** Reads the channel; throws RequestRefused. */
  async read(): Promise<Channel> {
    if (this.#cookiesFail) return this.#readByToken();
    try {
      return await getChannel(this.channel);
    } catch (error) {
      if (this.token === undefined || !(error instanceof RequestRefused) || error.status !== 404) throw error;
    }
    const channel = await this.#readByToken();
    this.#cookiesFail = true;
    return channel;
  }

  async #readByToken(): Promise<Channel> {
    const headers = { Authorization: `Bearer ${this.token}` };
    const response = await fetch(channelPath(this.channel), { headers });
    if (!response.ok) throw await RequestRefused.from(response);
    return (await response.json()) as Channel;
  }
}
