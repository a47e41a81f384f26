import type { Arrangement, GuestPresence, JournalEntry } from '@weir/stage';
import type { ComposeChanges } from './compose-options.js';

/** What a show is at a time. */
export interface ShowMoment {
  /** Its images are named by their contents, as far as those were kept. */
  readonly arrangement: Arrangement;
  /** Undefined where nobody wrote it down: whose tracks go on is there. */
  readonly presence: readonly GuestPresence[] | undefined;
  readonly speaker: string | undefined;
}

const NOBODY: readonly GuestPresence[] = [];
const SAME_TICK_SECONDS = 1e-6;
const ALONE: Arrangement = {
  layout: 'solo',
  guests: [{ guest: 'publisher', label: '', fit: 'contain', gain: 1, muted: false, hidden: false, shows: 'camera' }],
  pinned: null,
  labels: false,
  title: '',
  logo: null,
  background: null,
  card: null,
  transitionMs: 0,
};

/** Tells a journal's show again, with what is wanted otherwise; without a journal it is that of the publisher alone. */
export class ComposeTimeline {
  readonly #entries: readonly JournalEntry[];
  readonly #changes: ComposeChanges;
  /** What the images show, by name. */
  readonly #contents = new Map<string, string>();
  #next = 0;
  #arranged: Arrangement | null = null;
  #presence = NOBODY;
  #speaker: string | undefined;
  #moment: ShowMoment;

  /** `entries` are in the order of their times. */
  constructor(entries: readonly JournalEntry[], changes: ComposeChanges) {
    this.#entries = entries;
    this.#changes = changes;
    for (const entry of entries.toReversed()) if (entry.type === 'image') this.#contents.set(entry.name, entry.content);
    this.#moment = this.#now();
  }

  /** The show at a time not before that of the last call; the same object until something changes. */
  at(seconds: number): ShowMoment {
    const before = this.#next;
    for (let entry = this.#entries[this.#next]; entry !== undefined; entry = this.#entries[this.#next]) {
      if (entry.seconds > seconds + SAME_TICK_SECONDS) break;
      this.#take(entry);
      this.#next += 1;
    }
    if (this.#next > before) this.#moment = this.#now();
    return this.#moment;
  }

  #take(entry: JournalEntry): void {
    switch (entry.type) {
      case 'opened':
        return this.#begin(null);
      case 'arrangement':
        if (this.#arranged === null || entry.arrangement === null) this.#begin(entry.arrangement);
        this.#arranged = entry.arrangement;
        return;
      case 'guests':
        this.#presence = entry.guests;
        return;
      case 'speaker':
        this.#speaker = entry.speaker ?? undefined;
        return;
      case 'image':
        this.#contents.set(entry.name, entry.content);
    }
  }

  /** A stage begins with nobody on it. */
  #begin(arrangement: Arrangement | null): void {
    this.#arranged = arrangement;
    this.#presence = NOBODY;
    this.#speaker = undefined;
  }

  #now(): ShowMoment {
    const arrangement = changed(this.#arranged ?? ALONE, this.#changes);
    const { logo, background } = arrangement;
    return {
      arrangement: { ...arrangement, logo: this.#content(logo), background: this.#content(background) },
      presence: this.#arranged === null ? undefined : this.#presence,
      speaker: this.#speaker,
    };
  }

  #content(image: string | null): string | null {
    return image === null ? null : (this.#contents.get(image) ?? image);
  }
}

/** Whoever was not to be heard is not heard now either, and nobody is seen behind a card who was hidden by it, unless that is said. */
function changed(shown: Arrangement, { arrangement, scene = {} }: ComposeChanges): Arrangement {
  const wanted = Object.fromEntries(Object.entries(scene).filter(([, value]) => value !== undefined));
  if (arrangement === undefined) return { ...shown, ...wanted };
  const muted = new Set(shown.guests.filter((one) => one.muted).map(({ guest }) => guest));
  const guests = arrangement.guests.map((one) => (muted.has(one.guest) ? { ...one, muted: true } : one));
  return { ...arrangement, guests, card: arrangement.card ?? shown.card, ...wanted };
}
