import { Database } from '@weir/store';
import { Log } from '@weir/telemetry';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ChannelExists, ChannelUnknown, StreamNotLive } from './channel-errors.js';
import { ChannelRegistry } from './channel-registry.js';

let database: Database;
let channels: ChannelRegistry;
let told: string[];

const log = Log.open({ level: 'silent', text: false });

beforeEach(async () => {
  vi.useFakeTimers();
  database = Database.inMemory();
  channels = await new ChannelRegistry(database, log, { reconnectGraceMs: 1000 }).load();
  await channels.create('a', 'A');
  told = [];
  for (const event of ['live', 'described', 'ended'] as const) {
    channels.events.on(event, (stream) => told.push(`${event} ${stream.channel}`));
  }
});

afterEach(async () => {
  channels.onApplicationShutdown();
  await database.close();
  vi.useRealTimers();
});

describe('ChannelRegistry', () => {
  it('makes a channel once, also when two want to at the same time', async () => {
    await expect(channels.create('a', 'again')).rejects.toThrow(ChannelExists);
    await channels.ensure('a', 'again');
    expect(channels.get('a').title).toBe('A');
    expect(() => channels.get('b')).toThrow(ChannelUnknown);
    await Promise.all([channels.ensure('c', 'one'), channels.ensure('c', 'other')]);
    expect(channels.get('c').title).toBe('one');
  });

  it('knows after a restart what it knew before', async () => {
    await channels.create('b', 'B', { visibility: 'private', description: 'About b' });
    await channels.update('b', { hls: 'off', watchHash: Uint8Array.of(1, 2) });
    await channels.update('b', { title: 'Other', record: undefined });
    await channels.update('a', { watchHash: Uint8Array.of(3) });
    await channels.update('a', { watchHash: null });
    const again = await new ChannelRegistry(database, log, { reconnectGraceMs: 0 }).load();
    const plain = (row: object): unknown => JSON.parse(JSON.stringify(row));
    expect(plain(again.list())).toEqual(plain(channels.list()));
    expect(again.get('b')).toMatchObject({ title: 'Other', hls: 'off', record: true, visibility: 'private' });
    expect(again.get('a').watchHash).toBeUndefined();
    expect(channels.list().map(({ name }) => name)).toEqual(['a', 'b']);
  });

  it('counts up from what the row then is when changes meet', async () => {
    const increment = (): Promise<unknown> =>
      channels.update('a', ({ watchEpoch }) => ({ watchEpoch: watchEpoch + 1 }));
    await Promise.all([increment(), increment(), increment()]);
    expect(channels.get('a').watchEpoch).toBe(3);
  });

  it('tells what changed and when it is another question who may watch', async () => {
    const events: string[] = [];
    channels.events.on('changed', ({ title }) => events.push(`changed ${title}`));
    channels.events.on('accessChanged', (name) => events.push(`access ${name}`));
    channels.events.on('deleted', (name) => events.push(`deleted ${name}`));
    await channels.update('a', { title: 'Two' });
    await channels.update('a', { visibility: 'private' });
    await channels.delete('a');
    expect(events).toEqual(['changed Two', 'changed Two', 'access a', 'deleted a', 'access a']);
    await expect(channels.update('a', { title: 'Three' })).rejects.toThrow(ChannelUnknown);
    await expect(channels.delete('a')).rejects.toThrow(ChannelUnknown);
  });

  it('tells an offline channel from an unknown one', () => {
    expect(() => channels.liveStream('a')).toThrow(StreamNotLive);
    expect(() => channels.liveStream('b')).toThrow(ChannelUnknown);
  });

  it('is live from the first connected publisher on and knows what it carries', () => {
    channels.publisherConnected('a', 's1');
    channels.describe('a', { audio: { codec: 'opus' } });
    expect(channels.liveStream('a').description.audio?.codec).toBe('opus');
    expect(told).toEqual(['live a', 'described a']);
  });

  it('waits the grace time for a publisher that vanished', () => {
    channels.publisherConnected('a', 's1');
    channels.publisherLeft('a', 's1', false);
    vi.advanceTimersByTime(999);
    expect(channels.stream('a')).toBeDefined();
    vi.advanceTimersByTime(1);
    expect(channels.stream('a')).toBeUndefined();
    expect(told).toEqual(['live a', 'ended a']);
  });

  it('goes on with the same stream when a publisher comes back in time', () => {
    channels.publisherConnected('a', 's1');
    const stream = channels.liveStream('a');
    channels.publisherLeft('a', 's1', false);
    vi.advanceTimersByTime(500);
    channels.publisherConnected('a', 's2');
    vi.advanceTimersByTime(10_000);
    expect(channels.liveStream('a')).toBe(stream);
    expect(told).toEqual(['live a']);
  });

  it('does not end when a replaced publisher leaves', () => {
    channels.publisherConnected('a', 's1');
    channels.publisherConnected('a', 's2');
    channels.publisherLeft('a', 's1', true);
    vi.advanceTimersByTime(10_000);
    expect(channels.liveStream('a').publisher).toBe('s2');
  });

  it('ends at once when the publisher says that it is done', () => {
    channels.publisherConnected('a', 's1');
    channels.publisherLeft('a', 's1', true);
    expect(channels.stream('a')).toBeUndefined();
  });

  it('lives without a publisher while it is held, and tells when that or the publisher is another', () => {
    channels.events.on('sourceChanged', ({ held, publisher }) => told.push(`${held} ${publisher}`));
    channels.hold('a');
    channels.hold('a');
    channels.publisherConnected('a', 's1');
    channels.publisherLeft('a', 's1', true);
    vi.advanceTimersByTime(10_000);
    expect(channels.liveStream('a').held).toBe(true);
    channels.letGo('a');
    expect(channels.stream('a')).toBeUndefined();
    channels.letGo('a');
    expect(told).toEqual(['live a', 'true undefined', 'true s1', 'true undefined', 'ended a']);
  });

  it('goes on with its publisher when it is let go, and is held in the grace time of one', () => {
    channels.hold('a');
    const stream = channels.liveStream('a');
    channels.publisherConnected('a', 's1');
    channels.letGo('a');
    expect(channels.liveStream('a')).toBe(stream);
    channels.publisherLeft('a', 's1', false);
    channels.hold('a');
    vi.advanceTimersByTime(10_000);
    expect(channels.liveStream('a')).toBe(stream);
  });

  it('tells what its publisher sends, and nothing of one that was replaced', () => {
    const figures = { elapsedMs: 1000, limitBps: 1 };
    channels.events.on('measured', ({ publisher }, { limitBps }) => told.push(`${publisher} ${limitBps}`));
    channels.publisherMeasured('a', 's1', figures);
    channels.publisherConnected('a', 's1');
    channels.publisherConnected('a', 's2');
    channels.publisherMeasured('a', 's1', figures);
    channels.publisherMeasured('a', 's2', { ...figures, limitBps: 2 });
    expect(told).toEqual(['live a', 's2 2']);
  });

  it('counts the viewers of a stream', () => {
    channels.publisherConnected('a', 's1');
    const stream = channels.liveStream('a');
    stream.viewerJoined('v1');
    stream.viewerJoined('v2');
    stream.viewerLeft('v1');
    expect(stream.viewers).toBe(1);
  });

  it('leaves no timer behind after a shutdown', () => {
    channels.publisherConnected('a', 's1');
    channels.publisherLeft('a', 's1', false);
    channels.onApplicationShutdown();
    expect(vi.getTimerCount()).toBe(0);
    expect(told).toEqual(['live a', 'ended a']);
  });
});
