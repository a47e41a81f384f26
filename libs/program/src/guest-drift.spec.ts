import { describe, expect, it } from 'vitest';
import { AudioRing } from './audio-ring.js';
import { GuestMedia } from './guest-media.js';
import { PictureQueue, type TimedPicture } from './picture-queue.js';
import { ProgramClock } from './program-clock.js';

const ORIGIN_MS = 1_700_000_000_000;
const TICK_MS = 1000 / 30;
const MINUTES = 10;
const DELAY_MS = 150;
const SECOND = 48_000;
const PICTURE = { width: 2, height: 2, data: new Uint8Array(6) };

/** A guest whose wall clock, and with it camera and microphone, runs faster or slower than ours; what is seen and heard of it is by its own clock. */
class DriftingGuest {
  readonly #speed: number;
  readonly #media: GuestMedia;
  readonly #ring = new AudioRing();
  readonly #queue = new PictureQueue({ limit: 45, tickMs: TICK_MS });
  readonly #capturedMs = new Map<number, number>();
  readonly #next = { video: 0, audio: 0, report: 0 };
  readonly #packet = new Float32Array(2 * 960);
  readonly #block = new Float32Array(2 * 1600);
  nowMs = 0;

  constructor(drift: number) {
    this.#speed = 1 + drift;
    const clock = new ProgramClock(ORIGIN_MS, { monotonicMs: () => this.nowMs, unixMs: () => ORIGIN_MS + this.nowMs });
    this.#media = new GuestMedia(clock, {
      frame: ({ kind, timeMs, timestamp }) =>
        kind === 'audio' ? this.#hear(timeMs, timestamp) : this.#see(timeMs, timestamp),
      level: () => undefined,
      wantKeyFrame: () => undefined,
      gone: () => undefined,
      unknownCodec: () => undefined,
    });
  }

  /** Everything that was captured until now comes in. */
  run(nowMs: number): void {
    this.nowMs = nowMs;
    const guestMs = nowMs * this.#speed;
    for (; this.#next.report * 1000 <= guestMs; this.#next.report += 1) {
      const about = {
        type: 'clock',
        publisher: 1,
        senderMs: this.#next.report * 1000 + 5_000_000,
        arrivedAtMs: ORIGIN_MS + nowMs,
      } as const;
      this.#media.take({ ...about, kind: 'audio', source: 2, timestamp: this.#next.report * SECOND });
      this.#media.take({ ...about, kind: 'video', source: 1, timestamp: this.#next.report * 90_000 });
    }
    for (; this.#next.video * TICK_MS <= guestMs; this.#next.video += 1)
      // A key frame of VP8 without anything in it (RFC 7741 section 4.2).
      this.#send('video', this.#next.video, 3000, Uint8Array.of(0x10, 0, 0, 0, 0x9d, 0x01, 0x2a, 2, 0, 2, 0));
    for (; (this.#next.audio + 1) * 20 <= guestMs; this.#next.audio += 1)
      this.#send('audio', this.#next.audio, 960, Uint8Array.of(0xf8, 0xff, 0xfe));
    this.#media.tick();
  }

  /** When what is seen and what is heard at a tick were captured, milliseconds of the guest's clock. */
  at(shownMs: number): { readonly seenMs: number; readonly heardMs: number; readonly missing: number } {
    const picture = this.#queue.choose(shownMs - DELAY_MS);
    const missing = this.#ring.read(shownMs - DELAY_MS, this.#block);
    const seenMs = this.#capturedMs.get(picture?.timeMs ?? 0) ?? 0;
    const [cosine, sine] = [this.#block[0]!, this.#block[1]!];
    const apart = (1000 * Math.atan2(sine, cosine)) / (2 * Math.PI) - (seenMs % 1000);
    return { seenMs, heardMs: seenMs + ((((apart + 500) % 1000) + 1000) % 1000) - 500, missing };
  }

  #send(kind: 'audio' | 'video', index: number, step: number, payload: Uint8Array): void {
    const isAudio = kind === 'audio';
    const packet = {
      sequence: index,
      timestamp: (index * step) % 2 ** 32,
      marker: true,
      arrivedAtMs: ORIGIN_MS + this.nowMs,
      payload,
    };
    this.#media.take({
      type: 'packets',
      kind,
      publisher: 1,
      source: isAudio ? 2 : 1,
      codec: isAudio ? 'opus' : 'vp8',
      clockRate: isAudio ? SECOND : 90_000,
      packets: [packet],
    });
  }

  #see(timeMs: number, timestamp: number): void {
    this.#capturedMs.set(timeMs, (timestamp % 2 ** 32) / 90);
    const picture: TimedPicture = { ...PICTURE, timeMs };
    this.#queue.push(picture);
  }

  #hear(timeMs: number, timestamp: number): void {
    const position = timestamp % 2 ** 32;
    for (let frame = 0; frame < 960; frame += 1) {
      // A turn a second: each sample tells its place in the second.
      const angle = (2 * Math.PI * (position + frame)) / SECOND;
      this.#packet[2 * frame] = Math.cos(angle);
      this.#packet[2 * frame + 1] = Math.sin(angle);
    }
    this.#ring.write(timeMs, this.#packet);
  }
}

describe('guests whose clocks drift apart by 500 ppm each way', () => {
  it('stay in step for ten minutes: sound within 40 ms of its picture, guests within 100 ms of each other, and no sound missing', () => {
    const guests = [new DriftingGuest(0.0005), new DriftingGuest(-0.0005)];
    let [worstSync, worstApart, missing] = [0, 0, 0];
    for (let tick = 0; tick < MINUTES * 60 * 30; tick += 1) {
      const nowMs = tick * TICK_MS;
      const shown = guests.map((guest) => {
        guest.run(nowMs);
        return guest.at(nowMs);
      });
      // Until both clocks are known.
      if (tick < 150) continue;
      for (const [index, { seenMs, heardMs, missing: lost }] of shown.entries()) {
        missing += lost;
        worstSync = Math.max(worstSync, Math.abs(heardMs - seenMs));
        // By its own clock a guest is as far as its speed says.
        const ageMs = nowMs - seenMs / (index === 0 ? 1.0005 : 0.9995);
        worstApart = Math.max(worstApart, Math.abs(ageMs - DELAY_MS));
      }
    }
    expect(missing).toBe(0);
    expect(worstSync).toBeLessThan(40);
    expect(worstApart).toBeLessThan(50);
  });
});
