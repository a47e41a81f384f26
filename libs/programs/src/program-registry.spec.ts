import { ChannelRegistry, ChannelUnknown, StreamNotLive } from '@weir/channels';
import type { Part } from '@weir/hls';
import type { ProgramOptions, ProgramTrack } from '@weir/program';
import type { MediaPool, TapEvent } from '@weir/sfu';
import { Database } from '@weir/store';
import { Log } from '@weir/telemetry';
import { afterEach, beforeEach, describe, expect, it, type Mock, vi } from 'vitest';
import { type LiveProgram, REAL_TIME_NEED } from './live-program.js';
import type { ProgramProcessListener } from './program-launch.js';
import { ProgramOff, ProgramRegistry } from './program-registry.js';
import type { ProgramsOptions } from './programs-options.js';

interface Launched {
  readonly options: ProgramOptions;
  readonly listener: ProgramProcessListener;
  readonly media: { readonly guest: string; readonly event: TapEvent }[];
  readonly arranged: unknown[];
  readonly images: [name: string, bytes: number | undefined][];
  readonly isolated: (string | undefined)[];
  readonly realTime: boolean[];
  readonly close: Mock<() => Promise<void>>;
}

const lingerMs = 30_000;
const gone: TapEvent = { type: 'gone' };
const track = (run: number) => ({ name: '720p', run }) as ProgramTrack;
const part = (segment: number, run = 0) =>
  ({ track: '720p', segment, index: 0, run, startSeconds: segment * 2, durationSeconds: 2 }) as Part;

let database: Database;
let channels: ChannelRegistry;
let programs: ProgramRegistry;
let launched: Launched[];
let taps: { listener: (event: TapEvent) => void; wantKeyFrame: ReturnType<typeof vi.fn>; isClosed: boolean }[];
let fed: string[];
let told: string[];
let finishClose: (() => void) | undefined;

beforeEach(async () => {
  vi.useFakeTimers();
  database = Database.inMemory();
  const log = Log.open({ level: 'silent', text: false });
  channels = await new ChannelRegistry(database, log, { reconnectGraceMs: 0 }).load();
  await channels.create('a', 'Channel A');
  launched = [];
  taps = [];
  fed = [];
  told = [];
  finishClose = undefined;
  programs = registry();
});

afterEach(async () => {
  const closed = programs.beforeApplicationShutdown();
  await vi.runAllTimersAsync();
  finishClose?.();
  await closed;
  channels.onApplicationShutdown();
  await database.close();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

function registry(options: Partial<ProgramsOptions> = {}): ProgramRegistry {
  const pool = {
    tap: (_router: string, listener: (event: TapEvent) => void) => {
      const tap = { listener, wantKeyFrame: vi.fn(), isClosed: false, close: () => (tap.isClosed = true) };
      taps.push(tap);
      return tap;
    },
    feed: (router: string) => {
      fed.push(`open ${router}`);
      return {
        push: (kind: string, packets: unknown[]) => void fed.push(`${packets.length} of ${kind}`),
        clock: (kind: string, timestamp: number, atMs: number) => void fed.push(`${kind} ${timestamp} at ${atMs}`),
        close: () => void fed.push('close'),
      };
    },
  } as unknown as MediaPool;
  const profile = { partSeconds: 0.333, segmentSeconds: 2, holdBackSeconds: 1 };
  const made = new ProgramRegistry(
    channels,
    pool,
    Log.open({ level: 'silent', text: false }),
    { ladder: [], profile, frameRate: 30, ffmpegPath: 'ffmpeg', lingerMs, always: false, ...options },
    (programOptions, listener) => {
      const process: Launched = {
        options: programOptions,
        listener,
        media: [],
        arranged: [],
        images: [],
        isolated: [],
        realTime: [],
        close: vi.fn(settled),
      };
      launched.push(process);
      return {
        media: (guest, event) => void process.media.push({ guest, event }),
        arrange: (arrangement) => void process.arranged.push(arrangement),
        image: (name, file) => void process.images.push([name, file?.length]),
        isolate: (directory) => void process.isolated.push(directory),
        realTime: (on) => void process.realTime.push(on),
        close: () => process.close(),
      };
    },
  );
  made.onModuleInit();
  made.events.on('started', ({ channel, epoch }) => told.push(`started ${channel} ${epoch}`));
  made.events.on('ended', ({ channel }) => told.push(`ended ${channel}`));
  return made;
}

const settled = (): Promise<void> => Promise.resolve();

function goLive(): void {
  channels.publisherConnected('a', 's1');
}

function listenTo(program: LiveProgram | undefined): string[] {
  const heard: string[] = [];
  program?.listen({
    track: ({ run }) => heard.push(`track of run ${run}`),
    trackEnded: () => undefined,
    part: ({ segment, run }) => heard.push(`segment ${segment} of run ${run}`),
    ended: () => heard.push('ended'),
  });
  return heard;
}

describe('ProgramRegistry', () => {
  it('starts a program when it is first needed, as the channel is set', () => {
    goLive();
    expect(programs.get('a')).toBeUndefined();
    programs.need('a', 'viewers');
    programs.need('a', 'recording');
    expect(launched).toHaveLength(1);
    expect(launched[0]!.options).toMatchObject({ channel: 'a', title: 'Channel A', mode: 'program' });
    expect(told).toEqual([`started a ${programs.get('a')!.epoch}`]);
    expect(parseInt(programs.get('a')!.epoch, 36)).toBe(channels.liveStream('a').startedAtMs);
    expect(programs.figures()).toMatchObject([{ channel: 'a', isAwake: true, needs: ['viewers', 'recording'] }]);
  });

  it('refuses channels that are unknown, offline or set to have none', async () => {
    expect(() => programs.need('b', 'viewers')).toThrow(ChannelUnknown);
    expect(() => programs.need('a', 'viewers')).toThrow(StreamNotLive);
    await channels.update('a', { hls: 'off' });
    goLive();
    expect(() => programs.need('a', 'viewers')).toThrow(ProgramOff);
    expect(launched).toEqual([]);
  });

  it('has passthrough programs only where there is no ffmpeg', async () => {
    await programs.beforeApplicationShutdown();
    programs = registry({ ffmpegPath: undefined });
    goLive();
    programs.need('a', 'viewers');
    expect(launched[0]!.options.mode).toBe('passthrough');
  });

  it('runs a program of every live channel when told to', async () => {
    await programs.beforeApplicationShutdown();
    programs = registry({ always: true });
    await channels.create('off', 'Off');
    await channels.update('off', { hls: 'off' });
    goLive();
    channels.publisherConnected('off', 's2');
    expect(launched.map(({ options }) => options.channel)).toEqual(['a']);
  });

  it('hands media to the process and its wish for a key frame back', () => {
    goLive();
    programs.need('a', 'viewers');
    taps[0]!.listener(gone);
    launched[0]!.listener.report({ type: 'key-frame', guest: 'publisher' });
    expect(launched[0]!.media).toEqual([{ guest: 'publisher', event: gone }]);
    expect(taps[0]!.wantKeyFrame).toHaveBeenCalledOnce();
  });

  it('stops some time after the last need was released, unless it is needed again', async () => {
    goLive();
    const first = programs.need('a', 'viewers');
    const second = programs.need('a', 'recording');
    first.release();
    first.release();
    await vi.advanceTimersByTimeAsync(lingerMs * 2);
    expect(launched[0]!.close).not.toHaveBeenCalled();
    second.release();
    await vi.advanceTimersByTimeAsync(lingerMs - 1);
    const third = programs.need('a', 'viewers');
    await vi.advanceTimersByTimeAsync(lingerMs);
    expect(launched[0]!.close).not.toHaveBeenCalled();
    third.release();
    await vi.advanceTimersByTimeAsync(lingerMs);
    expect(launched[0]!.close).toHaveBeenCalledOnce();
    expect(taps[0]!.isClosed).toBe(true);
    expect(programs.figures()).toMatchObject([{ isAwake: false, needs: [] }]);
  });

  it('has a time for what was captured in the ten seconds before it was needed, as the last key frame was', () => {
    goLive();
    programs.need('a', 'viewers');
    expect(launched[0]!.options).toMatchObject({ originMs: Date.now() - 10_000 });
    expect(launched[0]!.options.resume).toBeUndefined();
  });

  it('goes on with the same stream in another run when it is needed again', async () => {
    goLive();
    const need = programs.need('a', 'viewers');
    const heard = listenTo(programs.get('a'));
    launched[0]!.listener.report({ type: 'track', track: track(0) });
    launched[0]!.listener.report({ type: 'part', part: part(0) });
    need.release();
    await vi.advanceTimersByTimeAsync(lingerMs);
    programs.need('a', 'viewers');
    expect(launched[1]!.options.resume).toEqual({ run: 1, segment: 1, seconds: 10 + lingerMs / 1000 });
    expect(launched[1]!.options.originMs).toBe(launched[0]!.options.originMs);
    launched[1]!.listener.report({ type: 'part', part: part(1, 1) });
    expect(heard).toEqual(['track of run 0', 'segment 0 of run 0', 'segment 1 of run 1']);
    expect(told.filter((text) => text.startsWith('started'))).toHaveLength(1);
  });

  it('waits for a process that is stopping before it starts the next one', async () => {
    goLive();
    const need = programs.need('a', 'viewers');
    launched[0]!.close.mockReturnValue(new Promise<void>((resolve) => (finishClose = resolve)));
    need.release();
    await vi.advanceTimersByTimeAsync(lingerMs);
    programs.need('a', 'viewers');
    launched[0]!.listener.report({ type: 'part', part: part(4) });
    expect(launched).toHaveLength(1);
    finishClose!();
    await vi.advanceTimersByTimeAsync(0);
    expect(launched[1]!.options.resume).toMatchObject({ run: 1, segment: 5 });
  });

  it('starts a process that died again, later each time, at the program time of the clock', async () => {
    goLive();
    programs.need('a', 'viewers');
    programs.get('a')!.isolate('/isolated');
    launched[0]!.listener.report({ type: 'part', part: part(0) });
    await vi.advanceTimersByTimeAsync(5000);
    launched[0]!.listener.lost('signal SIGKILL');
    launched[0]!.listener.lost('twice');
    expect(taps[0]!.isClosed).toBe(true);
    await vi.advanceTimersByTimeAsync(250);
    expect(launched[1]!.options.resume).toEqual({ run: 1, segment: 1, seconds: 15.25 });
    expect(launched[1]!.isolated).toEqual(['/isolated']);
    launched[1]!.listener.lost('exit code 1');
    await vi.advanceTimersByTimeAsync(499);
    expect(launched).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1);
    expect(launched).toHaveLength(3);
    expect(programs.figures()).toMatchObject([{ losses: 2 }]);
  });

  it('does not start a process again that nobody needs', async () => {
    goLive();
    const need = programs.need('a', 'viewers');
    launched[0]!.listener.lost('exit code 1');
    need.release();
    channels.publisherLeft('a', 's1', true);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(launched).toHaveLength(1);
  });

  it('ends with the stream, when the last part was handed on', async () => {
    goLive();
    const need = programs.need('a', 'viewers');
    const heard = listenTo(programs.get('a'));
    launched[0]!.close.mockReturnValue(new Promise<void>((resolve) => (finishClose = resolve)));
    channels.publisherLeft('a', 's1', true);
    expect(programs.get('a')).toBeUndefined();
    launched[0]!.listener.report({ type: 'part', part: part(0) });
    expect(told.at(-1)).not.toBe('ended a');
    finishClose!();
    await vi.advanceTimersByTimeAsync(0);
    expect(heard).toEqual(['segment 0 of run 0', 'ended']);
    expect(told.at(-1)).toBe('ended a');
    need.release();
  });

  it('has another program for the next stream, even while the one before is ending', async () => {
    goLive();
    programs.need('a', 'viewers');
    const before = programs.get('a')!;
    launched[0]!.close.mockReturnValue(new Promise<void>((resolve) => (finishClose = resolve)));
    channels.publisherLeft('a', 's1', true);
    await vi.advanceTimersByTimeAsync(10);
    goLive();
    programs.need('a', 'viewers');
    expect(launched[1]!.options.resume).toBeUndefined();
    expect(programs.get('a')!.epoch).not.toBe(before.epoch);
    finishClose!();
  });

  it('is made in real time too while somebody needs that, and a while longer', async () => {
    goLive();
    programs.need('a', 'viewers');
    const packets = [{ timestamp: 1, marker: true, payload: Uint8Array.of(1) }];
    const tell = (index: number) => launched[index]!.listener.report({ type: 'rtp', kind: 'audio', packets });
    tell(0);
    const first = programs.need('a', REAL_TIME_NEED);
    const second = programs.need('a', REAL_TIME_NEED);
    launched[0]!.listener.report({ type: 'rtp-clock', kind: 'audio', timestamp: 1, atMs: 2 });
    tell(0);
    expect([launched[0]!.realTime, fed]).toEqual([[true], ['open a/program', 'audio 1 at 2', '1 of audio']]);
    launched[0]!.listener.lost('x');
    await vi.advanceTimersByTimeAsync(lingerMs / 2);
    tell(1);
    expect([launched[1]!.realTime, fed.at(-1)]).toEqual([[true], '1 of audio']);
    first.release();
    second.release();
    await vi.advanceTimersByTimeAsync(lingerMs / 2);
    programs.need('a', REAL_TIME_NEED).release();
    await vi.advanceTimersByTimeAsync(lingerMs - 1);
    expect(fed).toHaveLength(4);
    await vi.advanceTimersByTimeAsync(1);
    expect([launched[1]!.realTime, fed.at(-1)]).toEqual([[true, false], 'close']);
    expect(launched[1]!.close).not.toHaveBeenCalled();
  });

  it('is made in real time no more when its stream is over', () => {
    goLive();
    const need = programs.need('a', REAL_TIME_NEED);
    channels.publisherLeft('a', 's1', true);
    expect(fed).toEqual(['open a/program', 'close']);
    need.release();
  });

  it('keeps what the process tells of itself', () => {
    goLive();
    programs.need('a', 'viewers');
    const program = programs.get('a')!;
    expect(program.poster).toBeUndefined();
    const state = { mode: 'program' as const, isOnSlate: false, droppedRungs: ['480p'] };
    launched[0]!.listener.report({ type: 'state', state });
    launched[0]!.listener.report({ type: 'poster', jpeg: Uint8Array.of(1) });
    launched[0]!.listener.report({ type: 'log', level: 'info', message: 'x' });
    expect(program.state).toEqual(state);
    expect(program.poster).toEqual(Uint8Array.of(1));
  });

  it('starts nothing once the server is stopping', async () => {
    goLive();
    programs.need('a', 'viewers');
    await programs.beforeApplicationShutdown();
    expect(launched[0]!.close).toHaveBeenCalledOnce();
    expect(() => programs.need('a', 'viewers')).toThrow(StreamNotLive);
  });
});
