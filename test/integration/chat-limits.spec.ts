import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ChatApp } from '../harness/chat-app.js';

let app: ChatApp;

beforeEach(async () => {
  app = await ChatApp.open();
  await app.channels.create('ch', 'A channel');
});

afterEach(async () => {
  vi.restoreAllMocks();
  await app.close();
});

const clientId = 'client-0001';

describe('the chat, given what it cannot use', () => {
  it('says what is wrong with a message, and goes on', async () => {
    const client = await app.enter('ch');
    const say = async (body: unknown) => client.fault('say', { channel: 'ch', clientId, body });
    expect(await say('x'.repeat(501))).toBe('too-long');
    expect(await say('👍🏽'.repeat(251))).toBe('too-long');
    expect(await say('x'.repeat(100_000))).toBe('too-long');
    for (const body of ['', '  \n ', '\u200b\u200d', '\u202e']) expect(await say(body)).toBe('empty');
    for (const body of [undefined, null, 5, {}, ['a'], Buffer.from('x')]) expect(await say(body)).toBe('malformed');
    expect(await client.fault('say', { channel: 'ch', clientId: 'short', body: 'x' })).toBe('malformed');
    expect(await client.fault('say', { channel: 'ch', clientId, body: 'x', extra: 1 })).toBe('malformed');
    expect(await client.fault('react', { channel: 'ch', reaction: '💩' })).toBe('malformed');
    expect(await client.fault('delete', { channel: 'ch', id: '\u0000' })).toBe('not-found');
    expect(await client.fault('say', { channel: 'other', clientId, body: 'x' })).toBe('not-joined');
    expect(await say('👍🏽'.repeat(250))).toBe('granted');
  });

  it('answers requests that are none with a fault, and says nothing to those that want no answer', async () => {
    const client = await app.connect();
    const raw = client.socket.timeout(20_000);
    for (const args of [
      ['nonsense'],
      ['__proto__', {}],
      ['constructor', {}],
      ['join'],
      ['join', {}, {}],
      ['join', null],
    ]) {
      const [name, ...told] = args as [string, ...unknown[]];
      expect(await raw.emitWithAck(name, ...told)).toMatchObject({ ok: false, fault: { code: 'malformed' } });
    }
    client.socket.emit('nonsense', { a: 1 });
    client.socket.emit('join');
    client.socket.emit('join', { channel: 'ch' });
    expect(await client.fault('leave', { channel: 'ch' })).toBe('granted');
  });

  it('tells who asks too fast, and disconnects who goes on, saying why', async () => {
    const flooder = await app.enter('ch');
    const reader = await app.enter('ch');
    // With time more is let through.
    vi.spyOn(performance, 'now').mockReturnValue(performance.now());
    const faults = await Promise.all(
      Array.from({ length: 60 }, () => flooder.fault('leave', { channel: 'elsewhere' }).catch(() => 'unanswered')),
    );
    expect(faults[0]).toBe('granted');
    expect(faults.at(-1)).toBe('too-fast');
    for (let i = 0; i < 100; i += 1) flooder.socket.emit('leave', { channel: 'elsewhere' });
    expect(await flooder.next('closed')).toMatchObject({
      channel: null,
      fault: { code: 'too-fast', retryAfterMs: 30_000 },
    });
    await flooder.end();
    expect(await reader.fault('say', { channel: 'ch', clientId, body: 'still here' })).toBe('granted');
  });

  it('ends a connection that sends more than any request has', async () => {
    const client = await app.connect();
    client.socket.emit('say', { channel: 'ch', clientId, body: 'x'.repeat(200_000) });
    await client.end();
    expect((await (await app.connect()).ask('join', { channel: 'ch' })).messages).toEqual([]);
  });

  it('ends a connection that speaks no socket.io', async () => {
    const client = await app.connect();
    const wire = (client.socket.io as unknown as { engine: { write(text: string): void } }).engine;
    for (const text of ['9', '2{', '5-["x"]', '2["disconnect"]', '451-["say",{"_placeholder":true,"num":9}]'])
      wire.write(text);
    await client.end();
    const namespace = await app.connect();
    const other = (namespace.socket.io as unknown as { engine: { write(text: string): void } }).engine;
    for (let i = 0; i < 2000; i += 1) other.write('0/elsewhere,');
    await namespace.end();
    await app.enter('ch');
  });
});
