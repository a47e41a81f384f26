import { quantilesOf, type Quantiles } from '../loadgen/quantiles.js';
import { monotonicMs } from '../loadgen/clock.js';
import { OwnUsage } from '../loadgen/own-usage.js';
import { RawSocket } from './raw-socket.js';

const AT_ONCE = 25;

/** Where a crowd is. */
export interface CrowdOptions {
  readonly port: number;
  readonly channel: string;
}

/** What a crowd heard since it was asked before. */
export interface CrowdFigures {
  /** From the moment of sending to the moment of arrival, milliseconds. */
  readonly delayMs: Quantiles;
  /** Share of a core that the crowd itself used. */
  readonly ownCpuShare: number;
}

/** Readers of a room, each on a socket of its own, who note how old each message is that reaches them. */
export class Crowd {
  readonly #options: CrowdOptions;
  readonly #sockets: RawSocket[] = [];
  readonly #usage = new OwnUsage();
  #delaysMs: number[] = [];
  #entered = 0;

  constructor(options: CrowdOptions) {
    this.#options = options;
  }

  /** Lets readers in until there are `size`; returns how long each took to be in the room, milliseconds. */
  async grow(size: number): Promise<Quantiles> {
    const tookMs: number[] = [];
    const enter = async (): Promise<void> => {
      while (this.#entered < size) {
        this.#entered += 1;
        const fromMs = performance.now();
        this.#sockets.push(await this.#reader());
        tookMs.push(performance.now() - fromMs);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, enter));
    return quantilesOf(tookMs);
  }

  /** Figures since they were taken before. */
  takeFigures(): CrowdFigures {
    const delayMs = quantilesOf(this.#delaysMs);
    this.#delaysMs = [];
    return { delayMs, ownCpuShare: this.#usage.take().ownCpuShare };
  }

  /** Everybody leaves. */
  close(): Promise<void> {
    for (const socket of this.#sockets.splice(0)) socket.close();
    return Promise.resolve();
  }

  async #reader(): Promise<RawSocket> {
    const { port, channel } = this.#options;
    const socket = await RawSocket.open({ port, onEvent: (text) => this.#heard(text) });
    await socket.ask('join', { channel });
    return socket;
  }

  #heard(text: string): void {
    const at = text.indexOf('sent at ');
    if (at !== -1 && text.startsWith('["message"'))
      this.#delaysMs.push(monotonicMs() - Number.parseFloat(text.slice(at + 8)));
  }
}
