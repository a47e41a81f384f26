import { Database } from '@weir/store';
import { Log } from '@weir/telemetry';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ChannelExists, ChannelRegistry, ChannelUnknown, StreamNotLive } from './channel-registry.js';

let database: Database;
let channels: ChannelRegistry;
let told: string[];

beforeEach(() => {
  vi.useFakeTimers();
  database = new Database(':memory:');
  channels = new ChannelRegistry(database, Log.open({ level: 'silent', text: false }), { reconnectGraceMs: 1000 });
  channels.create('a', 'A');
  told = [];
  for (const event of ['live', 'described', 'ended'] as const) {
    channels.events.on(event, (stream) => told.push(`${event} ${stream.channel}`));
  }
});

afterEach(() => {
  channels.onApplicationShutdown();
  database.close();
  vi.useRealTimers();
});

describe('ChannelRegistry', () => {
  it('makes a channel once', () => {
    expect(() => channels.create('a', 'again')).toThrow(ChannelExists);
    channels.ensure('a', 'again');
    expect(channels.get('a').title).toBe('A');
    expect(() => channels.get('b')).toThrow(ChannelUnknown);
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
