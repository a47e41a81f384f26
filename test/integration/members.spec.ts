import type { Channel, ChannelList, CreatedInvitation, MemberList } from '@weir/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Person } from '../harness/person.js';
import { startServer, type WeirServer } from '../harness/weir-server.js';

let server: WeirServer;
let admin: Person;
let owner: Person;

beforeAll(async () => {
  server = await startServer();
  admin = await Person.first(server, 'Root');
  owner = await newcomer('Olivia');
});

afterAll(() => server.stop());

/** Somebody new who may make channels. */
async function newcomer(name: string): Promise<Person> {
  const { code } = await admin.ask<CreatedInvitation>('POST', '/api/invitations', {});
  return Person.invited(server, name, code);
}

/** Somebody who is invited into a channel. */
async function member(name: string, channel: string, role: string): Promise<Person> {
  const { code } = await owner.ask<CreatedInvitation>('POST', `/api/channels/${channel}/invitations`, { role });
  return Person.invited(server, name, code);
}

async function idOf(person: Person): Promise<string> {
  return (await person.ask<{ account: { id: string } }>('GET', '/api/session')).account.id;
}

async function statusOf(person: Person, method: string, path: string, body?: object): Promise<number> {
  return (await person.request(method, path, body)).status;
}

describe('members of a channel', () => {
  it('begin with who makes it, who alone may change it', async () => {
    const made = await owner.ask<Channel>('POST', '/api/channels', { name: 'first', description: 'All about it' });
    expect(made).toMatchObject({ role: 'owner', description: 'All about it', visibility: 'public', followers: 0 });
    const other = await newcomer('Oscar');
    expect(await statusOf(other, 'PATCH', '/api/channels/first', { title: 'Mine now' })).toBe(403);
    expect(await other.ask<Channel>('GET', '/api/channels/first')).toMatchObject({ role: null, title: 'first' });
    expect((await owner.ask<ChannelList>('GET', '/api/channels?mine=true')).map(({ name }) => name)).toEqual(['first']);
    expect(await other.ask<ChannelList>('GET', '/api/channels?mine=true')).toEqual([]);
    expect(await statusOf(owner, 'GET', '/api/channels?all=true')).toBe(403);
    expect(await statusOf(admin, 'PATCH', '/api/channels/first', { title: 'Renamed' })).toBe(200);
  });

  it('come by an invitation with the role that it has', async () => {
    await owner.ask('POST', '/api/channels', { name: 'crew' });
    const moderator = await member('Mona', 'crew', 'moderator');
    expect(await moderator.ask<Channel>('GET', '/api/channels/crew')).toMatchObject({ role: 'moderator' });
    const listed = await moderator.ask<MemberList>('GET', '/api/channels/crew/members');
    expect(listed.map(({ name, role }) => [name, role])).toEqual([
      ['Olivia', 'owner'],
      ['Mona', 'moderator'],
    ]);
    expect(await statusOf(moderator, 'POST', '/api/channels', { name: 'of-mona' })).toBe(403);
    expect(await statusOf(moderator, 'POST', '/api/channels/crew/invitations', { role: 'owner' })).toBe(403);
  });

  it('are not let in by an invitation that was revoked or is used up', async () => {
    await owner.ask('POST', '/api/channels', { name: 'door' });
    const once = { role: 'guest', maxUses: 1 };
    const { code, id } = await owner.ask<CreatedInvitation>('POST', '/api/channels/door/invitations', once);
    const guest = await newcomer('Gus');
    expect(await statusOf(guest, 'POST', '/api/invitations/accept', { code })).toBe(200);
    expect(await guest.ask<Channel>('GET', '/api/channels/door')).toMatchObject({ role: 'guest' });
    const late = await newcomer('Lara');
    expect(await statusOf(late, 'POST', '/api/invitations/accept', { code })).toBe(403);
    const another = await owner.ask<CreatedInvitation>('POST', '/api/channels/door/invitations', { role: 'guest' });
    expect(await statusOf(owner, 'DELETE', `/api/channels/door/invitations/${another.id}`)).toBe(204);
    expect(await statusOf(owner, 'DELETE', `/api/channels/door/invitations/${another.id}`)).toBe(404);
    expect(await statusOf(late, 'POST', '/api/invitations/accept', { code: another.code })).toBe(403);
    expect(await late.ask<Channel>('GET', '/api/channels/door')).toMatchObject({ role: null });
    const listed = await owner.ask<{ id: string; uses: number }[]>('GET', '/api/channels/door/invitations');
    expect(listed.find((invitation) => invitation.id === id)).toMatchObject({ uses: 1, maxUses: 1 });
    expect(JSON.stringify(listed)).not.toContain(code);
  });

  it('get other roles and go, and a channel keeps an owner', async () => {
    await owner.ask('POST', '/api/channels', { name: 'change' });
    const person = await member('Petra', 'change', 'viewer');
    const [ownerId, id] = [await idOf(owner), await idOf(person)];
    const path = `/api/channels/change/members/${id}`;
    expect(await statusOf(person, 'PUT', path, { role: 'owner' })).toBe(403);
    expect(await owner.ask('PUT', path, { role: 'moderator' })).toMatchObject({ account: id, role: 'moderator' });
    const last = await owner.request('DELETE', `/api/channels/change/members/${ownerId}`);
    expect([last.status, await last.text()]).toEqual([409, expect.stringContaining('make somebody else its owner')]);
    expect(await statusOf(owner, 'PUT', '/api/channels/change/members/nobody', { role: 'viewer' })).toBe(404);
    expect(await statusOf(person, 'DELETE', path)).toBe(204);
    expect(await statusOf(owner, 'DELETE', path)).toBe(404);
    expect(await person.ask<Channel>('GET', '/api/channels/change')).toMatchObject({ role: null });
  });

  it('follow and are counted', async () => {
    await owner.ask('POST', '/api/channels', { name: 'liked' });
    const fan = await newcomer('Fanny');
    for (let time = 0; time < 2; time += 1) expect(await statusOf(fan, 'PUT', '/api/channels/liked/follow')).toBe(204);
    expect(await fan.ask<Channel>('GET', '/api/channels/liked')).toMatchObject({ followers: 1, following: true });
    expect(await owner.ask<Channel>('GET', '/api/channels/liked')).toMatchObject({ followers: 1, following: false });
    const followed = await fan.ask<ChannelList>('GET', '/api/channels?following=true');
    expect(followed.map(({ name }) => name)).toEqual(['liked']);
    expect(await statusOf(fan, 'DELETE', '/api/channels/liked/follow')).toBe(204);
    expect(await fan.ask<Channel>('GET', '/api/channels/liked')).toMatchObject({ followers: 0, following: false });
    expect((await fetch(`${server.url}/api/channels/liked/follow`, { method: 'PUT' })).status).toBe(401);
  });

  it('leave a note of what they did', async () => {
    const { entries } = await admin.ask<{ entries: { action: string; actorName: string }[] }>(
      'GET',
      '/api/audit?limit=200',
    );
    const actions = new Set(entries.filter(({ actorName }) => actorName === 'Olivia').map(({ action }) => action));
    for (const action of ['channel.create', 'invitation.create', 'invitation.revoke', 'member.set']) {
      expect(actions).toContain(action);
    }
  });
});

describe('a channel', () => {
  it('is deleted by its owner, with all that is its own', async () => {
    const key = await owner.createChannel('gone');
    expect(await statusOf(await newcomer('Stan'), 'DELETE', '/api/channels/gone')).toBe(403);
    expect(await statusOf(owner, 'DELETE', '/api/channels/gone')).toBe(204);
    expect(await statusOf(owner, 'GET', '/api/channels/gone')).toBe(404);
    const offer = { authorization: `Bearer ${key}`, 'content-type': 'application/sdp' };
    const publish = await fetch(`${server.url}/whip/gone`, { method: 'POST', headers: offer, body: 'v=0' });
    expect(publish.status).toBe(401);
    await admin.ask('POST', '/api/channels', { name: 'gone' });
    expect(await owner.ask<Channel>('GET', '/api/channels/gone')).toMatchObject({ role: null });
  });
});
