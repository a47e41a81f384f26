import { guestRouter } from '@weir/channels';
import type { Tap, TapEvent } from '@weir/sfu';

/** Opens a tap of a router's media. */
export type OpenTap = (router: string, listener: (event: TapEvent) => void) => Tap;

/** The taps of a program: one for each guest whose media it gets. */
export class GuestTaps {
  readonly #channel: string;
  readonly #open: OpenTap;
  readonly #media: (guest: string, event: TapEvent) => void;
  readonly #taps = new Map<string, Tap>();

  /** `media` gets what comes, and that a guest is gone who is not wanted any more. */
  constructor(channel: string, open: OpenTap, media: (guest: string, event: TapEvent) => void) {
    this.#channel = channel;
    this.#open = open;
    this.#media = media;
  }

  /** These guests are wanted from now on, and no others. */
  want(guests: readonly string[]): void {
    const wanted = new Set(guests);
    for (const [guest, tap] of this.#taps) {
      if (wanted.has(guest)) continue;
      this.#taps.delete(guest);
      tap.close();
      this.#media(guest, { type: 'gone' });
    }
    for (const guest of wanted) {
      if (this.#taps.has(guest)) continue;
      const router = guestRouter(this.#channel, guest);
      this.#taps.set(
        guest,
        this.#open(router, (event) => this.#media(guest, event)),
      );
    }
  }

  /** The program needs a key frame of a guest. */
  wantKeyFrame(guest: string): void {
    this.#taps.get(guest)?.wantKeyFrame();
  }

  /** Ends all of them; nothing more is told. */
  close(): void {
    for (const tap of this.#taps.values()) tap.close();
    this.#taps.clear();
  }
}
