import { randomBytes, randomInt } from 'node:crypto';
import { asciiBytes, StunType, StunView, writeBindingRequest, writeBindingSuccess } from '@weir/ice';
import type { IceAddress, IceCredentials } from '@weir/ice';
import { hmacSha1 } from '@weir/srtp';

/** How an agent checks and whom it tells. */
export interface ControllingAgentOptions {
  readonly local: IceCredentials;
  readonly remote: IceCredentials;
  /** Where the other side may be, likeliest first. */
  readonly candidates: readonly IceAddress[];
  readonly send: (datagram: Uint8Array, to: IceAddress) => void;
  /** Called once when nobody has answered for 30 s. */
  readonly onLost: () => void;
}

interface Check {
  readonly transactionId: Uint8Array;
  readonly to: IceAddress;
}

interface Round {
  readonly timer: NodeJS.Timeout;
  readonly deadlineMs: number;
  /** Checks sent so far. */
  sent: number;
  readonly succeed: () => void;
  readonly fail: (error: Error) => void;
}

// RFC 8445 14.2: Ta
const checkEveryMs = 50;
// RFC 7675 5.1: consent is asked for every 5 s, give or take a fifth, and expires after 30 s.
const consentEveryMs = 5000;
const consentExpiresMs = 30_000;
const openChecksMax = 64;
// RFC 8445 5.1.2.1: a peer-reflexive candidate of component 1.
const peerReflexivePriority = 110 * 2 ** 24 + 65_535 * 2 ** 8 + 255;

/** The controlling side of ICE for one session with a lite peer: nominates at once the first candidate that answers. */
export class ControllingAgent {
  readonly #options: ControllingAgentOptions;
  readonly #tieBreaker = randomBytes(8);
  readonly #view = new StunView();
  /** Those that may still be answered, oldest first. */
  readonly #open: Check[] = [];
  #local: IceCredentials;
  #remote: IceCredentials;
  #selected: IceAddress | undefined;
  /** Present while `check` is under way. */
  #round: Round | undefined;
  #consentTimer: NodeJS.Timeout | undefined;
  #answeredAtMs = 0;
  #mute = false;

  constructor(options: ControllingAgentOptions) {
    this.#options = options;
    this.#local = options.local;
    this.#remote = options.remote;
  }

  /** Where the other side has answered from; undefined before that. */
  get selected(): IceAddress | undefined {
    return this.#selected;
  }

  /** Sends checks every 50 ms until one is answered. */
  check(timeoutMs: number): Promise<void> {
    this.#endRound(new CheckUnanswered('another round began'));
    this.#open.length = 0;
    return new Promise((succeed, fail) => {
      const timer = setInterval(() => this.#checkNext(), checkEveryMs);
      this.#round = { timer, deadlineMs: performance.now() + timeoutMs, sent: 0, succeed, fail };
      this.#checkNext();
    });
  }

  /** Uses other credentials from now on (RFC 8445 9); `check` proves them. */
  restart(local: IceCredentials, remote: IceCredentials): void {
    this.#local = local;
    this.#remote = remote;
  }

  /** From now on neither checks nor answers, as FFmpeg does once it is connected. */
  mute(): void {
    this.#mute = true;
    clearTimeout(this.#consentTimer);
  }

  /** Takes a STUN message. */
  receive(datagram: Uint8Array, from: IceAddress): void {
    if (!this.#view.read(datagram, datagram.length)) return;
    if (this.#view.type === StunType.bindingSuccess) this.#acceptAnswer();
    else if (this.#view.type === StunType.bindingRequest) this.#answer(from);
  }

  close(): void {
    this.mute();
    this.#endRound(new CheckUnanswered('the agent was closed'));
  }

  #checkNext(): void {
    const round = this.#round;
    if (round === undefined) return;
    if (performance.now() > round.deadlineMs) {
      this.#endRound(new CheckUnanswered('nobody answered'));
      return;
    }
    const { candidates } = this.#options;
    const to = this.#selected ?? candidates[round.sent % candidates.length];
    round.sent += 1;
    if (to !== undefined) this.#check(to);
  }

  #check(to: IceAddress): void {
    const transactionId = randomBytes(12);
    this.#open.push({ transactionId, to });
    if (this.#open.length > openChecksMax) this.#open.shift();
    const request = writeBindingRequest(
      {
        transactionId,
        username: `${this.#remote.ufrag}:${this.#local.ufrag}`,
        priority: peerReflexivePriority,
        role: 'controlling',
        tieBreaker: this.#tieBreaker,
        useCandidate: true,
      },
      asciiBytes(this.#remote.pwd),
      hmacSha1,
    );
    this.#options.send(request, to);
  }

  #acceptAnswer(): void {
    const index = this.#open.findIndex(({ transactionId }) => this.#view.isTransaction(transactionId));
    const check = this.#open[index];
    if (check === undefined || !this.#view.isAuthentic(asciiBytes(this.#remote.pwd), hmacSha1)) return;
    this.#open.splice(index, 1);
    this.#selected ??= check.to;
    this.#answeredAtMs = performance.now();
    this.#endRound();
    if (this.#consentTimer === undefined && !this.#mute) this.#scheduleConsent();
  }

  #answer(from: IceAddress): void {
    if (this.#mute) return;
    const key = asciiBytes(this.#local.pwd);
    if (!this.#view.hasUsername(asciiBytes(`${this.#local.ufrag}:${this.#remote.ufrag}`))) return;
    if (!this.#view.isAuthentic(key, hmacSha1)) return;
    const response = writeBindingSuccess(this.#view.transactionId(), from.address, from.port, key, hmacSha1);
    if (response !== undefined) this.#options.send(response, from);
  }

  #scheduleConsent(): void {
    this.#consentTimer = setTimeout(() => this.#askConsent(), consentEveryMs * (0.8 + randomInt(400) / 1000));
  }

  #askConsent(): void {
    if (performance.now() - this.#answeredAtMs > consentExpiresMs) {
      this.#options.onLost();
      return;
    }
    if (this.#selected !== undefined) this.#check(this.#selected);
    this.#scheduleConsent();
  }

  #endRound(error?: Error): void {
    const round = this.#round;
    if (round === undefined) return;
    this.#round = undefined;
    clearInterval(round.timer);
    if (error === undefined) round.succeed();
    else round.fail(error);
  }
}

/** A round of checks ended without an answer. */
export class CheckUnanswered extends Error {
  override readonly name = 'CheckUnanswered';
}
