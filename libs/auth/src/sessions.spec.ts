import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AuthBench, TestBrowser } from './auth.fixture.js';
import { SignInUnknown } from './sessions.js';

const facts = new TestBrowser().request({ 'user-agent': 'test' });
const dayMs = 86_400_000;
let bench: AuthBench;
let account: string;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  bench = await AuthBench.open();
  account = (await bench.account('Ada')).id;
});

afterEach(async () => {
  await bench.database.close();
  vi.useRealTimers();
});

describe('Sessions', () => {
  it('keep no secret, only its hash', async () => {
    const { secret, id } = await bench.sessions.open(account, facts);
    const [row] = await bench.sessions.list(account);
    expect(row).toMatchObject({ id, account, address: '127.0.0.1', userAgent: 'test' });
    const kept = Buffer.from(row?.hash ?? []);
    expect([kept.toString('utf8'), kept.toString('base64url'), JSON.stringify(row)].join()).not.toContain(secret);
    expect((await bench.sessions.find(secret))?.account.name).toBe('Ada');
    expect(await bench.sessions.find(id)).toBeUndefined();
  });

  it('last as long as they are used within thirty days, and a year at most', async () => {
    const used = await bench.sessions.open(account, facts);
    const idle = await bench.sessions.open(account, facts);
    for (let days = 0; days < 350; days += 25) {
      vi.setSystemTime(Date.now() + 25 * dayMs);
      expect(await bench.sessions.find(used.secret)).toBeDefined();
    }
    expect(await bench.sessions.find(idle.secret)).toBeUndefined();
    vi.setSystemTime(Date.now() + 16 * dayMs);
    expect(await bench.sessions.find(used.secret)).toBeUndefined();
    expect(await bench.sessions.list(account)).toEqual([]);
  });

  it('end one by one, the others, or all, and tell so', async () => {
    const told: unknown[] = [];
    bench.sessions.events.on('ended', (...ended) => told.push(ended));
    const [one, two, three] = [
      await bench.sessions.open(account, facts),
      await bench.sessions.open(account, facts),
      await bench.sessions.open(account, facts),
    ];
    await bench.sessions.end(account, one.id);
    await expect(bench.sessions.end(account, one.id)).rejects.toThrow(SignInUnknown);
    await expect(bench.sessions.end('another', two.id)).rejects.toThrow(SignInUnknown);
    await bench.sessions.endOthers(account, three.id);
    expect((await bench.sessions.list(account)).map(({ id }) => id)).toEqual([three.id]);
    await bench.sessions.endAll(account);
    expect(await bench.sessions.find(three.secret)).toBeUndefined();
    expect(told).toEqual([
      [account, one.id],
      [account, two.id],
      [account, three.id],
      [account, undefined],
    ]);
  });

  it('are a hundred of an account at most', async () => {
    const first = await bench.sessions.open(account, facts);
    for (let count = 0; count < 100; count += 1) {
      vi.setSystemTime(Date.now() + 1);
      await bench.sessions.open(account, facts);
    }
    expect(await bench.sessions.list(account)).toHaveLength(100);
    expect(await bench.sessions.find(first.secret)).toBeUndefined();
  });
});
