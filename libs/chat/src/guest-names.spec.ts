import * as fc from 'fast-check';
import { nameForm } from '@weir/auth';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ChatRefused } from './chat-refused.js';
import { guestName } from './guest-name.js';
import { GuestNames } from './guest-names.js';

const accounts = new Set(['Annabel'].map(nameForm));
const channels = new Set(['cooking-show'].map(nameForm));
let names: GuestNames;

beforeEach(() => {
  vi.useFakeTimers();
  names = new GuestNames({
    isAccount: (form) => Promise.resolve(accounts.has(form)),
    isChannel: (form) => channels.has(form),
  });
});

afterEach(() => vi.useRealTimers());

async function choice(key: string, name: string): Promise<string> {
  try {
    return await names.choose(key, name);
  } catch (error) {
    return error instanceof ChatRefused ? error.fault.code : String(error);
  }
}

describe('guestName', () => {
  it('is 2 to 32 letters and digits, shown as they were written', () => {
    for (const name of ['Bo', "Anne-Marie O'Neil", '지민', 'さくら', 'user_1', 'Dr. Who', 'José']) {
      expect(guestName(name)).toBe(name.normalize('NFKC'));
    }
    const wrong = [
      '',
      'a',
      ' ',
      '..',
      '<b>',
      'a\nb\u0000c<',
      'x'.repeat(33),
      '\u200b\u200b\u200b',
      'http://a',
      '@bc',
      '👍👍',
    ];
    for (const name of wrong) expect(() => guestName(name), name).toThrow(ChatRefused);
  });

  it('takes any text without another fault', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 64 }), (asked) => {
        try {
          expect(guestName(asked)).toMatch(/^[\p{L}\p{N}][\p{L}\p{M}\p{N} ._'-]+$/u);
        } catch (error) {
          if (!(error instanceof ChatRefused)) throw error;
        }
      }),
      { numRuns: 3000 },
    );
  }, 60_000);
});

describe('GuestNames', () => {
  it('keeps the names of those who run things, accounts and channels, and what looks like them', async () => {
    for (const name of ['Admin', 'М0derаtor', 'annabel', 'Аnnаbel', 'Anna-bel', 'Cooking Show', 'cookingsh0w']) {
      expect(await choice('g:1', name), name).toBe('name-taken');
    }
  });

  it('gives a name to one guest only, whatever its spelling, and lets him take another', async () => {
    names.arrive('g:1');
    expect(await choice('g:1', 'Carla')).toBe('Carla');
    expect(await choice('g:2', 'cаrla')).toBe('name-taken');
    expect(await choice('g:1', 'CARLA')).toBe('CARLA');
    expect(await choice('g:1', 'Dora')).toBe('Dora');
    expect(await choice('g:2', 'Carla')).toBe('Carla');
    expect([names.nameOf('g:1'), names.nameOf('g:2')]).toEqual(['Dora', 'Carla']);
  });

  it('keeps it for ten minutes after his last socket', async () => {
    names.arrive('g:1');
    names.arrive('g:1');
    await choice('g:1', 'Carla');
    names.leave('g:1');
    vi.advanceTimersByTime(3_600_000);
    expect(await choice('g:2', 'Carla')).toBe('name-taken');
    names.leave('g:1');
    vi.advanceTimersByTime(599_000);
    expect(await choice('g:2', 'Carla')).toBe('name-taken');
    vi.advanceTimersByTime(2000);
    expect(await choice('g:2', 'Carla')).toBe('Carla');
    expect(names.nameOf('g:1')).toBeUndefined();
  });
});
