import type { Database, NewAccount, SessionRow } from '@weir/store';
import { describe, expect, it } from 'vitest';
import { eachDatabase } from '../harness/each-database.js';

const hash = (byte: number) => new Uint8Array(32).fill(byte);

function account(name: string, change: Partial<NewAccount> = {}): NewAccount {
  const nameKey = name.toLowerCase();
  return { id: name, name, nameKey, password: 'p', isAdmin: false, mayCreate: false, createdAtMs: 1, ...change };
}

function session(id: string, change: Partial<SessionRow> = {}): SessionRow {
  const times = { createdAtMs: 1, lastSeenAtMs: 2, expiresAtMs: 1_800_000_000_000 };
  return { id, hash: hash(id.length), account: 'Ada', ...times, address: '::1', userAgent: 'u', ...change };
}

async function withAda(open: () => Promise<Database>): Promise<Database> {
  const database = await open();
  await database.accounts.insert(account('Ada'));
  return database;
}

describe('the tables of accounts', () => {
  eachDatabase('AccountTable', ({ open }) => {
    it('keeps accounts, each name once, and the password apart', async () => {
      const { accounts } = await withAda(open);
      expect(await accounts.insert(account('Bob', { isAdmin: true, mayCreate: true, createdAtMs: 2 }))).toBe(true);
      expect(await accounts.insert(account('ADA'))).toBe(false);
      expect(await accounts.list()).toEqual([
        { id: 'Ada', name: 'Ada', isAdmin: false, mayCreate: false, createdAtMs: 1, disabledAtMs: undefined },
        { id: 'Bob', name: 'Bob', isAdmin: true, mayCreate: true, createdAtMs: 2, disabledAtMs: undefined },
      ]);
      expect(await accounts.credentials('ada')).toMatchObject({ account: { id: 'Ada' }, password: 'p' });
      expect(await accounts.findByName('Ada')).toBeUndefined();
      expect(await accounts.find('nobody')).toBeUndefined();
    });

    it('changes what is given', async () => {
      const { accounts } = await withAda(open);
      expect(await accounts.hasAdmin()).toBe(false);
      await accounts.update('Ada', {});
      await accounts.update('Ada', { isAdmin: true, disabledAtMs: 1_790_000_000_123 });
      await accounts.setPassword('Ada', 'q');
      expect(await accounts.find('Ada')).toMatchObject({
        isAdmin: true,
        mayCreate: false,
        disabledAtMs: 1_790_000_000_123,
      });
      expect(await accounts.hasAdmin()).toBe(true);
      await accounts.update('Ada', { disabledAtMs: null, isAdmin: false, mayCreate: true });
      expect(await accounts.find('Ada')).toMatchObject({ isAdmin: false, mayCreate: true, disabledAtMs: undefined });
      expect((await accounts.credentials('ada'))?.password).toBe('q');
    });
  });

  eachDatabase('SessionTable', ({ open }) => {
    it('finds a session with its account, by its hash alone', async () => {
      const { sessions } = await withAda(open);
      await sessions.insert(session('s'));
      const found = await sessions.find(hash(1));
      expect({ ...found?.session, hash: [...(found?.session.hash ?? [])] }).toEqual({
        ...session('s'),
        hash: [...hash(1)],
      });
      expect(found?.account).toMatchObject({ id: 'Ada', name: 'Ada', createdAtMs: 1 });
      expect(await sessions.find(hash(2))).toBeUndefined();
    });

    it('lists newest first, notes use, and deletes what is asked for', async () => {
      const { sessions } = await withAda(open);
      await sessions.insert(session('s', { expiresAtMs: 10 }));
      await sessions.insert(session('ss', { createdAtMs: 5 }));
      expect((await sessions.list('Ada')).map(({ id }) => id)).toEqual(['ss', 's']);
      await sessions.touch('ss', 7, 20);
      expect((await sessions.list('Ada'))[0]).toMatchObject({ lastSeenAtMs: 7, expiresAtMs: 20 });
      await sessions.deleteExpired(10);
      expect((await sessions.list('Ada')).map(({ id }) => id)).toEqual(['ss']);
      expect(await sessions.delete('Bob', 'ss')).toBe(false);
      expect(await sessions.delete('Ada', 'ss')).toBe(true);
      expect(await sessions.list('Ada')).toEqual([]);
    });
  });

  eachDatabase('ApiTokenTable', ({ open }) => {
    it('keeps tokens with their scopes, and revokes once', async () => {
      const { apiTokens } = await withAda(open);
      const row = { id: 't', account: 'Ada', hash: hash(1), label: 'L', scopes: ['a', 'b'], createdAtMs: 1 };
      await apiTokens.insert({ ...row, expiresAtMs: undefined });
      await apiTokens.insert({ ...row, id: 'u', hash: hash(2), createdAtMs: 2, expiresAtMs: 9 });
      expect(await apiTokens.find(hash(2))).toMatchObject({
        token: { id: 'u', expiresAtMs: 9 },
        account: { id: 'Ada' },
      });
      expect(await apiTokens.find(hash(3))).toBeUndefined();
      await apiTokens.touch('t', 5);
      expect(await apiTokens.revoke('Bob', 't', 6)).toBe(false);
      expect(await apiTokens.revoke('Ada', 't', 6)).toBe(true);
      expect(await apiTokens.revoke('Ada', 't', 7)).toBe(false);
      expect(await apiTokens.list('Ada')).toMatchObject([
        { id: 't', label: 'L', scopes: ['a', 'b'], expiresAtMs: undefined, lastUsedAtMs: 5, revokedAtMs: 6 },
        { id: 'u', lastUsedAtMs: undefined, revokedAtMs: undefined },
      ]);
    });
  });

  eachDatabase('InvitationTable', ({ open }) => {
    const row = {
      id: 'i',
      hash: hash(1),
      channel: undefined,
      role: 'viewer',
      note: 'N',
      createdBy: 'Ada',
      createdAtMs: 1,
    };

    it('counts uses up to the last one, also when many come at once', async () => {
      const { invitations } = await withAda(open);
      await invitations.insert({ ...row, expiresAtMs: undefined, maxUses: 3 });
      const uses = await Promise.all(Array.from({ length: 8 }, () => invitations.use('i', 5)));
      expect(uses.filter(Boolean)).toHaveLength(3);
      await invitations.giveBack('i');
      expect(await invitations.findByHash(hash(1))).toMatchObject({ note: 'N', createdBy: 'Ada', maxUses: 3, uses: 2 });
      expect(await invitations.use('i', 5)).toBe(true);
    });

    it('holds neither after its end nor once revoked', async () => {
      const { invitations } = await withAda(open);
      await invitations.insert({ ...row, expiresAtMs: 10, maxUses: undefined });
      await invitations.insert({ ...row, id: 'j', hash: hash(2), expiresAtMs: undefined, maxUses: undefined });
      expect([await invitations.use('i', 9), await invitations.use('i', 10)]).toEqual([true, false]);
      expect(await invitations.revoke('c', 'j', 5)).toBe(false);
      expect(await invitations.revoke(undefined, 'j', 5)).toBe(true);
      expect(await invitations.revoke(undefined, 'j', 6)).toBe(false);
      expect(await invitations.use('j', 7)).toBe(false);
      expect((await invitations.list(undefined)).map(({ id, revokedAtMs }) => [id, revokedAtMs])).toEqual([
        ['i', undefined],
        ['j', 5],
      ]);
      expect(await invitations.list('c')).toEqual([]);
    });
  });

  eachDatabase('AuditTable', ({ open }) => {
    it('pages backwards through entries of the same time, and forgets old ones', async () => {
      const { auditLog } = await open();
      const entry = { actor: 'a:1', actorName: 'Ada', action: 'x', target: '', detail: '' };
      for (const [id, atMs, channel] of [
        ['a', 1, undefined],
        ['b', 2, 'c'],
        ['c', 2, undefined],
        ['d', 2, 'c'],
        ['e', 3, undefined],
      ] as const) {
        await auditLog.insert({ ...entry, id, atMs, channel });
      }
      const ids = async (
        channel: string | undefined,
        before: { atMs: number; id: string } | undefined,
        limit: number,
      ) => (await auditLog.page(channel, before, limit)).map(({ id }) => id);
      expect(await ids(undefined, undefined, 2)).toEqual(['e', 'd']);
      expect(await ids(undefined, { atMs: 2, id: 'd' }, 9)).toEqual(['c', 'b', 'a']);
      expect(await ids('c', { atMs: 2, id: 'd' }, 9)).toEqual(['b']);
      await auditLog.deleteBefore(2);
      expect(await ids(undefined, undefined, 9)).toEqual(['e', 'd', 'c', 'b']);
    });
  });
});
