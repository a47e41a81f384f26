import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SocketGate } from '@weir/sockets';
import { ChatGateway } from '../../libs/chat/src/chat.gateway.js';
import { ChatApp } from '../harness/chat-app.js';
import { until } from '../harness/until.js';

let app: ChatApp;

beforeEach(async () => {
  app = await ChatApp.open();
});

afterEach(() => app.close());

function timers(): number {
  return process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
}

describe('sockets and rooms that come and go', () => {
  it('leave nothing behind: no room, no timer, no socket, no listener', async () => {
    const account = await app.account();
    const guests = await Promise.all([app.guest(), app.guest(), app.guest()]);
    for (const name of ['c1', 'c2', 'c3']) await app.channels.create(name, name);
    const before = { timers: timers(), listeners: app.channels.events.listenerCount('live') };
    for (let round = 0; round < 5; round += 1) {
      const clients = await Promise.all([account, ...guests].map((who) => app.connect(who)));
      await Promise.all(clients.map((client, i) => client.ask('join', { channel: `c${(i % 3) + 1}` })));
      await clients[0]!.ask('react', { channel: 'c1', reaction: '🔥' });
      const leaving = clients.map(async (client, i) => {
        if (i % 2 === 0) await client.ask('leave', { channel: `c${(i % 3) + 1}` });
        client.close();
      });
      // some go while they are still let in
      clients.push(await app.connect(account));
      void clients
        .at(-1)!
        .request('join', { channel: 'c2' })
        .catch(() => undefined);
      clients.at(-1)!.close();
      await Promise.all(leaving);
    }
    app.disconnect();
    await expect.poll(() => app.rooms).toBe(0);
    await expect.poll(() => app.get(ChatGateway).size).toBe(0);
    await expect.poll(() => app.get(SocketGate).sockets).toBe(0);
    await until(() => timers() <= before.timers, { what: 'the end of all timers' });
    expect(app.channels.events.listenerCount('live')).toBe(before.listeners);
  });

  it('are all closed with the application, and what was said is stored', async () => {
    await app.channels.create('ch', 'A channel');
    const owner = await app.enter('ch', await app.account({ channel: 'ch', role: 'owner' }));
    await owner.ask('openPoll', { channel: 'ch', question: 'Well?', options: ['Yes', 'No'], seconds: 3600 });
    const stored: string[] = [];
    const { chatMessages } = app.database;
    const insert = chatMessages.insert.bind(chatMessages);
    chatMessages.insert = async (rows) => {
      await insert(rows);
      stored.push(...rows.map(({ body }) => body));
    };
    void owner.request('say', { channel: 'ch', clientId: 'client-0001', body: 'the last' }).catch(() => undefined);
    await owner.next('message');
    await app.close();
    await owner.end();
    expect(stored).toEqual(['the last']);
    await until(() => timers() < 5, { what: 'the end of its timers' });
    app = await ChatApp.open();
  });
});
