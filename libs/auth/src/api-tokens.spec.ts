import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiTokenUnknown, knownScopes } from './api-tokens.js';
import { AuthBench } from './auth.fixture.js';

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

describe('ApiTokens', () => {
  it('begin with weir_ and are kept as hashes', async () => {
    const { token } = await bench.tokens.create(account, 'CI', ['keys:write', 'keys:write'], undefined);
    expect(token).toMatch(/^weir_[\w-]{32}$/);
    const [row] = await bench.tokens.list(account);
    expect(row).toMatchObject({ label: 'CI', scopes: ['keys:write'] });
    expect(JSON.stringify(row) + Buffer.from(row?.hash ?? []).toString('utf8')).not.toContain(token);
  });

  it('are good until they are revoked, expire, or their account is disabled', async () => {
    const tokens = await Promise.all(
      [undefined, undefined, Date.now() + 1000].map((endMs) => bench.tokens.create(account, '', ['chat:write'], endMs)),
    );
    const good = async () =>
      Promise.all(tokens.map(async ({ token }) => (await bench.tokens.verify(token)) !== undefined));
    expect(await good()).toEqual([true, true, true]);
    await bench.tokens.revoke(account, tokens[0]?.row.id ?? '');
    vi.setSystemTime(Date.now() + 1000);
    expect(await good()).toEqual([false, true, false]);
    await bench.database.accounts.update(account, { disabledAtMs: 1 });
    expect(await good()).toEqual([false, false, false]);
    await bench.database.accounts.update(account, { disabledAtMs: null });
    expect(await good()).toEqual([false, true, false]);
  });

  it('are revoked by their owner alone, and note their use', async () => {
    const { token, row } = await bench.tokens.create(account, '', ['chat:write'], undefined);
    await expect(bench.tokens.revoke('another', row.id)).rejects.toThrow(ApiTokenUnknown);
    expect((await bench.tokens.list(account))[0]?.lastUsedAtMs).toBeUndefined();
    await bench.tokens.verify(token);
    expect((await bench.tokens.list(account))[0]?.lastUsedAtMs).toBe(Date.now());
    for (const wrong of ['', 'weir_', row.id, token.slice(5), `${token}x`]) {
      expect(await bench.tokens.verify(wrong)).toBeUndefined();
    }
  });

  it('lose scopes that this version does not know', () => {
    expect(knownScopes(['chat:write', 'moon:write'])).toEqual(['chat:write']);
  });
});
