import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PasswordRejected, SignInLimits, TooManyAttempts } from './sign-in-limits.js';

const wrong = async () => false;
const right = async () => true;
let limits: SignInLimits;

beforeEach(() => {
  vi.useFakeTimers();
  limits = new SignInLimits();
});

afterEach(() => {
  vi.useRealTimers();
});

async function outcome(whose: string, isRight: () => Promise<boolean>): Promise<string> {
  try {
    await limits.check(whose, isRight);
    return 'passed';
  } catch (error) {
    if (error instanceof PasswordRejected) return 'rejected';
    if (error instanceof TooManyAttempts) return `wait ${error.retryAfterSeconds}${error.isLock ? ' from now' : ''}`;
    throw error;
  }
}

describe('SignInLimits', () => {
  it('lock out for one, five and fifteen minutes after five failures each', async () => {
    for (const seconds of [60, 300, 900, 900]) {
      for (let count = 0; count < 4; count += 1) expect(await outcome('a', wrong)).toBe('rejected');
      expect(await outcome('a', wrong)).toBe(`wait ${seconds} from now`);
      expect(await outcome('a', right)).toBe(`wait ${seconds}`);
      await vi.advanceTimersByTimeAsync(seconds * 1000 - 1000);
      expect(await outcome('a', right)).toBe('wait 1');
      await vi.advanceTimersByTimeAsync(1000);
    }
  });

  it('forget failures once it was right', async () => {
    for (let round = 0; round < 3; round += 1) {
      for (let count = 0; count < 4; count += 1) expect(await outcome('a', wrong)).toBe('rejected');
      expect(await outcome('a', right)).toBe('passed');
    }
  });

  it('lock out whose it is and nobody else', async () => {
    for (let count = 0; count < 5; count += 1) await outcome('a', wrong);
    expect(await outcome('a', right)).toMatch('wait');
    expect(await outcome('b', right)).toBe('passed');
  });

  it('count guesses that are made at once', async () => {
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => outcome('a', wrong)));
    expect(outcomes.filter((told) => told === 'rejected')).toHaveLength(4);
  });

  it('do not count what could not be checked', async () => {
    const failing = async () => Promise.reject(new Error('no database'));
    for (let count = 0; count < 9; count += 1) await expect(limits.check('a', failing)).rejects.toThrow('no database');
    expect(await outcome('a', wrong)).toBe('rejected');
    expect(await outcome('a', right)).toBe('passed');
  });

  it('let an address, or an IPv6 network, try twenty times a minute', async () => {
    const tries = async (address: (count: number) => string) => {
      const all = Array.from({ length: 21 }, (_, count) => limits.attempt('sign-in', address(count)));
      return (await Promise.allSettled(all)).filter(({ status }) => status === 'rejected').length;
    };
    expect(await tries(() => '192.0.2.1')).toBe(1);
    expect(await tries((count) => `192.0.2.${count + 2}`)).toBe(0);
    expect(await tries((count) => `2001:db8::${count + 1}`)).toBe(1);
    expect(await tries((count) => `2001:db8:0:1:${count}::1`)).toBe(1);
    expect(await tries((count) => `2001:db8:0:${count + 2}::1`)).toBe(0);
    await expect(limits.attempt('sign-in', '2001:0db8:0000:0000::ffff')).rejects.toThrow(TooManyAttempts);
    await limits.attempt('sign-up', '192.0.2.1');
    await vi.advanceTimersByTimeAsync(60_000);
    await limits.attempt('sign-in', '192.0.2.1');
  });
});
