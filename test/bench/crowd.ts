import { type Certificate, createCertificate } from '@weir/dtls';
import { play, type Subscription } from '@weir/peer';
import { isRtcp } from '@weir/rtp';
import { SENT_AT_OFFSET } from '../harness/media-sender.js';

/** How long things took, in milliseconds. */
export interface Durations {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** Many viewers in this process: real WHEP sessions on sockets of their own, of which some decrypt what they get. */
export class Crowd {
  /** RTP datagrams that arrived, all viewers together. */
  packets = 0;
  readonly #endpoint: string;
  readonly #certificate: Certificate;
  readonly #viewers: Subscription[] = [];
  readonly #delaysMs: number[] = [];

  private constructor(endpoint: string, certificate: Certificate) {
    this.#endpoint = endpoint;
    this.#certificate = certificate;
  }

  static async open(endpoint: string): Promise<Crowd> {
    return new Crowd(endpoint, await createCertificate());
  }

  get size(): number {
    return this.#viewers.length;
  }

  /** Adds viewers, `atOnce` of them at a time, until there are `size`; every `probeEvery`th decrypts. Returns how long each took to connect. */
  async grow(size: number, atOnce: number, probeEvery = 50): Promise<number[]> {
    const took: number[] = [];
    let next = this.#viewers.length;
    const join = async (): Promise<void> => {
      while (next < size) {
        const index = next++;
        const startedMs = performance.now();
        this.#viewers.push(await this.#join(index % probeEvery === 0));
        took.push(performance.now() - startedMs);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, join));
    return took;
  }

  /** Delays from the publisher's send to a probe's receive since the last call. */
  takeDelays(): Durations {
    return durations(this.#delaysMs.splice(0));
  }

  /** Everybody leaves. */
  async leave(): Promise<void> {
    await Promise.all(this.#viewers.splice(0).map((viewer) => viewer.stop()));
  }

  #join(isProbe: boolean): Promise<Subscription> {
    const count = (packet: Buffer): void => {
      if (!isRtcp(packet, packet.length)) this.packets++;
    };
    const probe = (packet: Buffer, length: number): void => {
      // the last part of the payload carries the time of its sending
      const sentMs = packet.readDoubleBE(length - SENT_AT_OFFSET);
      const delayMs = performance.now() - sentMs;
      if (delayMs >= 0 && delayMs < 10_000) this.#delaysMs.push(delayMs);
    };
    return play(this.#endpoint, {
      certificate: this.#certificate,
      video: ['h264'],
      connectTimeoutMs: 60_000,
      events: isProbe ? { datagram: count, rtp: probe } : { datagram: count },
    });
  }
}

/** Quantiles of a list of durations; zeros when it is empty. */
export function durations(values: number[]): Durations {
  values.sort((a, b) => a - b);
  const at = (share: number): number => values[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}
