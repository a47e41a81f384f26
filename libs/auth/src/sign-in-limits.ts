import { isIPv6 } from 'node:net';
import { Injectable } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** Thrown when somebody tries too often. */
export class TooManyAttempts extends Error {
  readonly retryAfterSeconds: number;
  /** True when a lock-out begins with it. */
  readonly isLock: boolean;

  constructor(retryAfterMs: number, isLock = false) {
    const seconds = Math.max(1, Math.ceil(retryAfterMs / 1000));
    super(`Too many attempts: try again in ${seconds} seconds.`);
    this.name = 'TooManyAttempts';
    this.retryAfterSeconds = seconds;
    this.isLock = isLock;
  }
}

/** Thrown for a wrong name or password, never telling which. */
export class PasswordRejected extends Error {
  constructor() {
    super('The name or the password is wrong.');
    this.name = 'PasswordRejected';
  }
}

const failuresMax = 5;
const lockSeconds = [60, 300, 900] as const;
const longestLockSeconds = 900;
const daySeconds = 86_400;

/** How often passwords, codes and accounts may be tried: by address, and by whose password it is. */
@Injectable()
export class SignInLimits {
  readonly #addresses = new RateLimiterMemory({ points: 20, duration: 60 });
  readonly #failures = new RateLimiterMemory({ points: failuresMax, duration: longestLockSeconds });
  readonly #locks = new RateLimiterMemory({ points: 1, duration: daySeconds });

  /** Counts an attempt of an address, 20 of each kind a minute; rejects with TooManyAttempts. */
  async attempt(kind: 'sign-in' | 'sign-up' | 'code', address: string): Promise<void> {
    await consume(this.#addresses, `${kind} ${networkOf(address)}`);
  }

  /**
   * Whether a check of a password is passed. After five failures in a row a minute passes before the next is made, then 5, then 15;
   * `whose` is a name, or one browser of an account. Rejects with PasswordRejected or TooManyAttempts.
   */
  async check(whose: string, isRight: () => Promise<boolean>): Promise<void> {
    // counted before it is known, so that many at once count as many
    const { consumedPoints } = await consume(this.#failures, whose);
    if (await this.#outcome(whose, isRight)) {
      await Promise.all([this.#failures.delete(whose), this.#locks.delete(whose)]);
      return;
    }
    if (consumedPoints < failuresMax) throw new PasswordRejected();
    const { consumedPoints: times } = await this.#locks.penalty(whose);
    const seconds = lockSeconds[times - 1] ?? longestLockSeconds;
    await this.#failures.block(whose, seconds);
    throw new TooManyAttempts(seconds * 1000, true);
  }

  async #outcome(whose: string, isRight: () => Promise<boolean>): Promise<boolean> {
    try {
      return await isRight();
    } catch (error) {
      // nothing was checked
      await this.#failures.reward(whose);
      throw error;
    }
  }
}

async function consume(limiter: RateLimiterMemory, key: string): Promise<RateLimiterRes> {
  try {
    return await limiter.consume(key);
  } catch (refused) {
    if (refused instanceof RateLimiterRes) throw new TooManyAttempts(refused.msBeforeNext);
    throw refused;
  }
}

/** An IPv6 address stands for its network of 64 bits, all of which belongs to one customer (RFC 6177 2). */
function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.split('::', 2);
  const groups = head.split(':');
  const rest = tail?.split(':') ?? [];
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - groups.length - rest.length);
  const all = [...groups, ...Array.from({ length: zeros }, () => '0'), ...rest];
  return all
    .slice(0, 4)
    .map((group) => Number.parseInt(group || '0', 16).toString(16))
    .join(':');
}
