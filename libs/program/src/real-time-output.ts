import { type MediaKind, type OutgoingPacket, picturePackets, soundPacket } from '@weir/rtp';
import type { ProgramReport } from './program-protocol.js';

/** A coded picture of the program. */
export interface RealTimePicture {
  /** Of its place in the program, in ticks of 90 kHz since program second 0. */
  readonly at: number;
  readonly isKey: boolean;
  /** NAL units of H.264; those of a key frame begin with its parameter sets. */
  readonly units: readonly Uint8Array[];
}

/** Ticks of the pictures' RTP clock in a second (RFC 6184 section 8.2.1). */
export const PICTURE_RATE = 90_000;

/** Ticks of the sound's RTP clock in a second (RFC 7587 section 4.1). */
export const SOUND_RATE = 48_000;

const RATES: Readonly<Record<MediaKind, number>> = { video: PICTURE_RATE, audio: SOUND_RATE };
const MOST_KEPT_BYTES = 8 << 20;
const SILENCE_PACKETS = 5;

/**
 * The program as packets, picture by picture and sound by sound, while somebody wants it. Who begins to want it gets the pictures from the last key
 * frame on at once. Times never go back, whatever makes the media.
 */
export class RealTimeOutput {
  readonly #originMs: number;
  readonly #report: (report: ProgramReport) => void;
  /** The newest of each kind that was told, ticks. */
  readonly #told: Record<MediaKind, number> = { video: -1, audio: -1 };
  readonly #clockAt: Record<MediaKind, number> = { video: Number.NEGATIVE_INFINITY, audio: Number.NEGATIVE_INFINITY };
  /** From the last key frame on. */
  #group: RealTimePicture[] = [];
  #groupBytes = 0;
  #isOn = false;

  /** `originMs` is the Unix time of program second 0. */
  constructor(originMs: number, report: (report: ProgramReport) => void) {
    this.#originMs = originMs;
    this.#report = report;
  }

  /** Whether packets are told. */
  get isOn(): boolean {
    return this.#isOn;
  }

  set isOn(isOn: boolean) {
    if (isOn === this.#isOn) return;
    this.#isOn = isOn;
    if (!isOn) return;
    this.#clockAt.video = Number.NEGATIVE_INFINITY;
    this.#clockAt.audio = Number.NEGATIVE_INFINITY;
    for (const picture of this.#group) this.#tellPicture(picture);
  }

  /** The next picture. */
  picture(picture: RealTimePicture): void {
    if (picture.isKey) this.#forget();
    if (picture.isKey || this.#group.length > 0) this.#keep(picture);
    if (this.#isOn) this.#tellPicture(picture);
  }

  /** The next packets of sound, each the samples that follow those before; `delaySamples` is what the encoder delays. */
  sound(packets: readonly { readonly atSamples: number; readonly data: Uint8Array }[], delaySamples: number): void {
    if (!this.#isOn) return;
    const later = packets.filter(({ atSamples }) => atSamples > this.#told.audio);
    const [first] = later;
    if (first === undefined) return;
    this.#tellClock('audio', first.atSamples, delaySamples);
    const isAfterSilence = first.atSamples - this.#told.audio > SILENCE_PACKETS * 960;
    this.#told.audio = later.at(-1)!.atSamples;
    this.#report({
      type: 'rtp',
      kind: 'audio',
      packets: later.map(({ atSamples, data }, index) =>
        soundPacket(data, wrapped(atSamples), isAfterSilence && index === 0),
      ),
    });
  }

  #keep(picture: RealTimePicture): void {
    this.#group.push(picture);
    this.#groupBytes += picture.units.reduce((sum, unit) => sum + unit.length, 0);
    if (this.#groupBytes > MOST_KEPT_BYTES) this.#forget();
  }

  #forget(): void {
    this.#group = [];
    this.#groupBytes = 0;
  }

  #tellPicture({ at, units }: RealTimePicture): void {
    if (at <= this.#told.video) return;
    const packets: readonly OutgoingPacket[] = picturePackets(units, wrapped(at));
    if (packets.length === 0) return;
    this.#tellClock('video', at, 0);
    this.#told.video = at;
    this.#report({ type: 'rtp', kind: 'video', packets });
  }

  #tellClock(kind: MediaKind, at: number, delay: number): void {
    const rate = RATES[kind];
    if (at - this.#clockAt[kind] < rate) return;
    this.#clockAt[kind] = at;
    this.#report({
      type: 'rtp-clock',
      kind,
      timestamp: wrapped(at),
      atMs: this.#originMs + ((at - delay) * 1000) / rate,
    });
  }
}

function wrapped(ticks: number): number {
  return ticks % 2 ** 32;
}
