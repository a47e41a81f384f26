import type { CreateInvitation } from '@weir/contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AuthBench } from './auth.fixture.js';
import { InvitationInvalid, InvitationUnknown } from './invitations.js';
import { AccountNameTaken } from './sign-ups.js';

const nobody = { account: undefined };
let bench: AuthBench;
let admitted: string[];
let inviting: string | undefined;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  bench = await AuthBench.open();
  admitted = [];
  inviting = undefined;
});

afterEach(async () => {
  await bench.database.close();
  vi.useRealTimers();
});

const invite = (change: Partial<CreateInvitation> = {}, channel: string | null = null) =>
  bench.invitations.create(nobody, channel, { role: 'viewer', note: '', ...change });

async function openChannel(name: string): Promise<void> {
  await bench.database.channels.insert({
    name,
    title: `The ${name}`,
    description: '',
    visibility: 'public',
    owner: undefined,
    watchHash: undefined,
    watchEpoch: 0,
    avatarTag: undefined,
    chat: '{}',
    hls: 'off',
    record: false,
    isolatedTracks: false,
    whep: 'source',
    createdAtMs: 1,
  });
  bench.invitations.openChannels({
    title: (channel) => (channel === name ? `The ${name}` : undefined),
    records: () => true,
    mayInvite: (channel, account) => channel === name && account === inviting,
    admit: async (channel, account, role) => {
      const entry = `${account.name} ${role} in ${channel}`;
      if (admitted.includes(entry)) return false;
      admitted.push(entry);
      return true;
    },
  });
}

describe('Invitations', () => {
  it('make accounts that may make channels, as many as they say', async () => {
    const { code } = await invite({ maxUses: 2 });
    const sign = (name: string) => bench.signUps.create({ name, password: 'correct horse', invitation: code });
    const made = await Promise.allSettled(['Ada', 'Bob', 'Cyd', 'Dan'].map(sign));
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    for (const account of await bench.accounts.list())
      expect(account).toMatchObject({ mayCreate: true, isAdmin: false });
    expect(await bench.accounts.list()).toHaveLength(2);
    expect(await bench.invitations.list(null)).toMatchObject([{ uses: 2, maxUses: 2 }]);
    await expect(bench.invitations.look(code)).rejects.toThrow(InvitationInvalid);
  });

  it('are not used up by a name that is taken', async () => {
    await bench.account('Ada');
    const { code } = await invite({ maxUses: 1 });
    const taken = bench.signUps.create({ name: 'ada', password: 'correct horse', invitation: code });
    await expect(taken).rejects.toThrow(AccountNameTaken);
    expect(await bench.invitations.list(null)).toMatchObject([{ uses: 0 }]);
  });

  it('are not used up by who has what they offer', async () => {
    const ada = await bench.account('Ada', { mayCreate: true });
    const { code } = await invite({ maxUses: 1 });
    expect(await bench.invitations.take(await bench.invitations.find(code), ada)).toBe(false);
    const bob = await bench.account('Bob');
    expect(await bench.invitations.take(await bench.invitations.find(code), bob)).toBe(true);
    expect(await bench.accounts.find(bob.id)).toMatchObject({ mayCreate: true });
  });

  it('lead into channels, with the role that they name', async () => {
    await openChannel('c');
    const { code } = await invite({ role: 'moderator' }, 'c');
    expect(await bench.invitations.look(code)).toEqual({
      channel: 'c',
      title: 'The c',
      role: 'moderator',
      invitedBy: null,
      recorded: true,
    });
    const ada = await bench.signUps.create({ name: 'Ada', password: 'correct horse', invitation: code });
    expect(ada).toMatchObject({ mayCreate: false });
    expect(await bench.invitations.take(await bench.invitations.find(code), ada)).toBe(false);
    expect(admitted).toEqual(['Ada moderator in c']);
    expect(await bench.invitations.list('c')).toMatchObject([{ uses: 1 }]);
    expect(await bench.invitations.list(null)).toEqual([]);
  });

  it('do not hold once they are revoked, have expired, or whoever invited is disabled or no administrator any more', async () => {
    const ada = await bench.account('Ada', { isAdmin: true });
    const bob = await bench.account('Bob', { isAdmin: true });
    const [revoked, expired] = [await invite(), await invite({ expiresInSeconds: 60 })];
    const { code } = await bench.invitations.create({ account: ada }, null, { role: 'viewer', note: '' });
    const { code: bobs } = await bench.invitations.create({ account: bob }, null, { role: 'viewer', note: '' });
    expect((await bench.invitations.look(code)).invitedBy).toBe('Ada');
    expect((await bench.invitations.look(bobs)).invitedBy).toBe('Bob');
    await bench.database.accounts.update(bob.id, { isAdmin: false });
    await expect(bench.invitations.revoke('c', revoked.id)).rejects.toThrow(InvitationUnknown);
    await bench.invitations.revoke(null, revoked.id);
    await expect(bench.invitations.revoke(null, revoked.id)).rejects.toThrow(InvitationUnknown);
    vi.setSystemTime(Date.now() + 60_000);
    await bench.database.accounts.update(ada.id, { disabledAtMs: 1 });
    for (const wrong of [revoked.code, expired.code, code, bobs, '', 'x'.repeat(200)]) {
      await expect(bench.invitations.look(wrong)).rejects.toThrow(InvitationInvalid);
    }
  });

  it('lead into a channel only while whoever invited may still invite there', async () => {
    await openChannel('c');
    const ada = await bench.account('Ada');
    const { code } = await bench.invitations.create({ account: ada }, 'c', { role: 'owner', note: '' });
    await expect(bench.invitations.find(code)).rejects.toThrow(InvitationInvalid);
    inviting = ada.id;
    expect(await bench.invitations.find(code)).toMatchObject({ channel: 'c', role: 'owner' });
  });

  it('keep no code, only its hash', async () => {
    const { code } = await invite();
    expect(JSON.stringify(await bench.invitations.list(null))).not.toContain(code);
  });
});
