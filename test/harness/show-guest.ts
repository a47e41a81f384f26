import { fileURLToPath } from 'node:url';
import type { JoinedStage, UpdateSelf } from '@weir/contract';
import type { Browser, Page } from 'playwright-core';
import { probedContext } from './chromium.js';
import { rerouteMedia } from './reroute.js';
import { cssColour, type Rgb, SHOW_CAST, type ShowLooks, TONE_LEVEL } from './show-cast.js';
import type { UdpProxy } from './udp-proxy.js';
import { until } from './until.js';

const SCRIPT = fileURLToPath(new URL('show-probe.js', import.meta.url));
const RATE = 15;
const HEARD_DB = -50;

/** How a session of a guest is doing. */
export interface SessionLook {
  /** `connectionState` of its RTCPeerConnection. */
  readonly state: string;
  readonly packets: number;
  readonly frames: number;
  /** Of what a subscription shows; null before its first picture. */
  readonly colour: Rgb | null;
  /** Decibels of the tones that were asked for. */
  readonly tones: readonly number[];
}

/** A guest of a show in a Chromium page of its own, who speaks WHIP and WHEP without the product's pages. */
export class ShowGuest {
  private constructor(
    readonly page: Page,
    readonly url: string,
    readonly looks: ShowLooks,
    readonly joined: JoinedStage,
  ) {}

  /** Opens the page of somebody who has joined; media take the way through `proxy` when there is one. */
  static async open(
    browser: Browser,
    url: string,
    looks: ShowLooks,
    joined: JoinedStage,
    proxy?: UdpProxy,
  ): Promise<ShowGuest> {
    const guest = new ShowGuest(await dressedPage(browser, looks), url, looks, joined);
    if (proxy !== undefined) await rerouteMedia(guest.page, proxy);
    await guest.page.goto(`${url}/`);
    return guest;
  }

  /** As arrangements name this guest. */
  get id(): string {
    return this.joined.guest;
  }

  /** Sends camera and microphone, and waits until pictures leave. */
  async publish(): Promise<void> {
    await this.#publish('camera', '', this.looks.codec);
  }

  /** Shares a screen. */
  async shareScreen(): Promise<void> {
    await this.#publish('screen', '/screen', this.looks.codec);
  }

  /** Watches another guest, or `program`; throws with the status when it is refused. */
  async watch(other: string): Promise<void> {
    const endpoint = `${this.url}/whep/${this.joined.channel}/stage/${other}`;
    await this.#call('subscribe', other, endpoint, this.joined.token);
  }

  /** How `camera`, `screen` or the subscription to another guest is doing. */
  async look(name: string, hertz: readonly number[] = []): Promise<SessionLook> {
    return (await this.#call('look', name, hertz)) as SessionLook;
  }

  /** Whether the tone of another guest is heard in what comes from `source`. */
  async hears(source: string, { hertz }: ShowLooks): Promise<boolean> {
    return ((await this.look(source, [hertz])).tones[0] ?? -200) > HEARD_DB;
  }

  /** Ends one of its sessions in good order. */
  async end(name: string): Promise<void> {
    await this.#call('close', name);
  }

  /** Loads the page anew, whose sessions end without a word. */
  async reload(): Promise<void> {
    await this.page.reload();
  }

  /** Asks the server as this guest about itself. */
  async me(method: 'GET' | 'PATCH' | 'DELETE', body?: UpdateSelf): Promise<number> {
    const content = body === undefined ? {} : { 'content-type': 'application/json' };
    const response = await fetch(`${this.url}/api/stage/me`, {
      method,
      headers: { authorization: `Bearer ${this.joined.token}`, ...content },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return response.status;
  }

  async #publish(name: string, path: string, codec: string): Promise<void> {
    await this.#call('publish', name, `${this.url}/whip/${this.joined.channel}/stage${path}`, this.joined.token, codec);
    const sends = async (): Promise<boolean> => (await this.look(name)).frames > 5;
    await until(sends, { what: `pictures of the ${name} of ${this.looks.name}` });
  }

  #call(name: string, ...args: readonly unknown[]): Promise<unknown> {
    return this.page.evaluate(`weirGuest.${name}(...${JSON.stringify(args)})`);
  }
}

/** A page whose cameras, microphones and screens are those of a guest of the show. */
export async function dressedPage(browser: Browser, looks: ShowLooks = SHOW_CAST.anna): Promise<Page> {
  const context = await probedContext(browser);
  await context.addInitScript({ path: SCRIPT });
  const dress = {
    colour: cssColour(looks.colour),
    screen: cssColour(looks.screen),
    hertz: looks.hertz,
    ...looks.size,
    rate: RATE,
    level: TONE_LEVEL,
  };
  await context.addInitScript(`weirGuest.dress(${JSON.stringify(dress)})`);
  return context.newPage();
}
