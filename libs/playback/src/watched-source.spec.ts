import { type ChannelRegistry, type Stream, StreamNotLive } from '@weir/channels';
import type { ProgramRegistry } from '@weir/programs';
import type { StreamDescription } from '@weir/rtp';
import type { RouterDescriptions } from '@weir/signalling';
import { beforeEach, describe, expect, it } from 'vitest';
import { WatchedSource } from './watched-source.js';

let whep: 'source' | 'program';
let stream: Pick<Stream, 'held' | 'publisher' | 'description'> | undefined;
let isWatchable: boolean;
let told: StreamDescription;
let needed: string[];
let source: WatchedSource;

beforeEach(() => {
  whep = 'source';
  stream = { held: false, publisher: 's', description: { audio: { codec: 'opus' } } };
  isWatchable = true;
  told = {};
  needed = [];
  const channels = {
    find: () => ({ whep }),
    stream: () => stream,
    liveStream: (channel: string) => {
      if (stream === undefined) throw new StreamNotLive(channel);
      return stream;
    },
  } as unknown as ChannelRegistry;
  const programs = {
    isWatchable: () => isWatchable,
    need: (channel: string, why: string) => void needed.push(`${channel} ${why}`),
  } as unknown as ProgramRegistry;
  source = new WatchedSource(channels, programs, { of: () => told } as unknown as RouterDescriptions);
});

describe('WatchedSource', () => {
  it('is the publisher, unless the channel is set otherwise and has a program', () => {
    expect(source.routerOf('a')).toBe('a');
    whep = 'program';
    expect(source.routerOf('a')).toBe('a/program');
    isWatchable = false;
    expect(source.routerOf('a')).toBe('a');
  });

  it('is the program of a show that was begun on the stage while nobody publishes beside it', () => {
    stream = { held: true, publisher: 's', description: {} };
    expect(source.routerOf('a')).toBe('a');
    stream = { held: true, publisher: undefined, description: {} };
    expect(source.routerOf('a')).toBe('a/program');
    stream = { held: false, publisher: undefined, description: {} };
    expect(source.routerOf('a')).toBe('a');
  });

  it('tells what it carries, of a program before its first packet too', () => {
    expect(source.describe('a', 'a')).toEqual({ audio: { codec: 'opus' } });
    expect(source.describe('a', 'a/program')).toMatchObject({ audio: { codec: 'opus' }, video: { codec: 'h264' } });
    told = { video: { codec: 'h264', profileLevelId: '42c01f' } };
    expect(source.describe('a', 'a/program').video?.profileLevelId).toBe('42c01f');
    stream = undefined;
    expect(() => source.describe('a', 'a/program')).toThrow(StreamNotLive);
  });

  it('needs a program for nothing but the program', () => {
    source.need('a', 'a');
    source.need('a', 'a/program');
    expect(needed).toEqual(['a whep']);
  });
});
