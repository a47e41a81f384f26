import { batch, signal } from '@preact/signals';
import type { Stage, StageFault, StageReply, StageRequestName } from '@weir/contract';
import { StageRefused } from './stage-refused.js';
import { reachingStage } from './stage-socket.js';
import type { StageBody, StageEvent, StageListener, StageSocket } from './stage-socket.js';

const ENTER_AGAIN_MS = 3000;
/** Faults of entering that another try would not mend. */
const LASTING: readonly StageFault['code'][] = ['not-allowed', 'unknown', 'invalid'];

/** Who one is on a stage. */
export interface StageSelf {
  /** Null for a director who takes no part. */
  readonly guest: string | null;
  readonly directs: boolean;
}

/** What a line to a stage needs. */
export interface StageLineOptions {
  readonly channel: string;
  /** Of a guest; a member comes with his session. */
  readonly token?: string | undefined;
  /** Told of every stage, after the signals changed; `isFirst` right after entering. */
  readonly onStage: (stage: Stage, isFirst: boolean) => void;
  /** One may not be on the stage, or no more: nothing else comes. */
  readonly onRefused: (reason: 'removed' | 'refused', fault: StageFault) => void;
  /** Makes the connection; the server's by default. */
  readonly connect?: ((listener: StageListener) => StageSocket) | undefined;
}

/** Knows a stage as the server tells it, and asks it for changes; enters again by itself after a loss. */
export class StageLine {
  readonly state = signal<'connecting' | 'connected' | 'lost'>('connecting');
  readonly stage = signal<Stage | undefined>(undefined);
  readonly you = signal<StageSelf | undefined>(undefined);
  readonly #socket: StageSocket;
  #early: Stage | undefined;
  #isFirst = true;
  #isClosed = false;
  #again: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly options: StageLineOptions) {
    const connect = options.connect ?? reachingStage;
    this.#socket = connect({
      connected: () => void this.#enter(),
      disconnected: () => this.#lose(),
      told: (event) => this.#take(event),
    });
  }

  /** Connects and stays so. */
  open(): void {
    this.#socket.open();
  }

  /** Tries at once, when it waits to try again. */
  nudge(): void {
    this.#socket.nudge();
  }

  /** Asks for something; throws StageRefused. */
  async ask<Name extends StageRequestName>(name: Name, body: StageBody<Name>): Promise<void> {
    let reply: StageReply;
    try {
      reply = await this.#socket.request(name, body);
    } catch {
      throw new StageRefused('unanswered');
    }
    if (!reply.ok) throw new StageRefused(reply.fault.code, reply.fault.message);
  }

  /** Ends the connection; idempotent. */
  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#again);
    this.#socket.close();
  }

  async #enter(): Promise<void> {
    clearTimeout(this.#again);
    this.#isFirst = true;
    const { channel, token } = this.options;
    try {
      await this.ask('enter', { channel, ...(token !== undefined && { token }) });
      if (!this.#isClosed) this.state.value = 'connected';
    } catch (error) {
      if (this.#isClosed || !(error instanceof StageRefused) || error.code === 'unanswered') return;
      const { code, detail } = error;
      if (LASTING.includes(code)) this.options.onRefused('refused', { code, message: detail });
      else this.#again = setTimeout(() => void this.#enter(), ENTER_AGAIN_MS);
    }
  }

  #lose(): void {
    clearTimeout(this.#again);
    if (!this.#isClosed) this.state.value = this.stage.value === undefined ? 'connecting' : 'lost';
  }

  #take(event: StageEvent): void {
    if (this.#isClosed) return;
    switch (event[0]) {
      case 'you':
        this.you.value = event[1];
        if (this.#early !== undefined) this.#show(this.#early);
        return;
      case 'stage':
        // Without knowing who one is, one would be taken for somebody else.
        if (this.you.value === undefined) this.#early = event[1];
        else this.#show(event[1]);
        return;
      case 'removed':
        this.options.onRefused('removed', event[1]);
        return;
      default:
    }
  }

  #show(stage: Stage): void {
    this.#early = undefined;
    const isFirst = this.#isFirst;
    this.#isFirst = false;
    batch(() => {
      this.stage.value = stage;
      this.options.onStage(stage, isFirst);
    });
  }
}
