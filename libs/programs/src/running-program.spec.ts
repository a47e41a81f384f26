import { Stream } from '@weir/channels';
import type { ProgramOptions } from '@weir/program';
import type { Feed, TapEvent } from '@weir/sfu';
import type { Arrangement, JournalEntry } from '@weir/stage';
import { Log } from '@weir/telemetry';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ProgramProcessListener } from './program-launch.js';
import { RunningProgram } from './running-program.js';
import { publisherAlone } from './stages.js';

interface Launched {
  readonly options: ProgramOptions;
  readonly listener: ProgramProcessListener;
  readonly told: unknown[];
}

const guest = (name: string) => ({ ...publisherAlone.guests[0]!, guest: name });
const gone: TapEvent = { type: 'gone' };

let arrangement: Arrangement | undefined;
let images: Map<string, Uint8Array>;
let launched: Launched[];
let taps: { router: string; isClosed: boolean; keyFrames: number }[];
let program: RunningProgram;

beforeEach(() => {
  vi.useFakeTimers();
  arrangement = { ...publisherAlone, guests: [guest('g1'), guest('publisher')] };
  images = new Map([['logo.png', new Uint8Array(3)]]);
  launched = [];
  taps = [];
  program = new RunningProgram(new Stream('a', 1, 0, () => undefined), {
    log: Log.open({ level: 'silent', text: false }),
    launch: (options, listener) => {
      const told: unknown[] = [];
      launched.push({ options, listener, told });
      return {
        media: (name, { type }) => void told.push(`${name} ${type}`),
        arrange: (to) => void told.push(to),
        image: (name, file) => void told.push(`${name} ${file?.length}`),
        isolate: () => undefined,
        realTime: () => undefined,
        close: () => Promise.resolve(),
      };
    },
    tap: (router) => {
      const tap = { router, isClosed: false, keyFrames: 0 };
      taps.push(tap);
      return { wantKeyFrame: () => void (tap.keyFrames += 1), close: () => void (tap.isClosed = true) };
    },
    feed: () => ({}) as Feed,
    options: {
      channel: 'a',
      title: 'A',
      mode: 'passthrough',
      ffmpegPath: 'ffmpeg',
      ladder: [],
      profile: { partSeconds: 0.333, segmentSeconds: 2, holdBackSeconds: 1 },
      frameRate: 30,
    },
    stages: { arrangement: () => arrangement, images: () => images },
  });
  program.wake();
});

afterEach(async () => {
  await program.end();
  vi.useRealTimers();
});

describe('the program of a stage', () => {
  it('gets the media of those on air as they come and go, and asks each for key frames', () => {
    const [first] = launched;
    expect(first!.options.arrangement).toBe(arrangement);
    expect(taps.map(({ router }) => router)).toEqual(['a/g1', 'a']);
    first!.listener.report({ type: 'key-frame', guest: 'g1' });
    first!.listener.report({ type: 'key-frame', guest: 'nobody' });
    expect(taps.map(({ keyFrames }) => keyFrames)).toEqual([1, 0]);
    first!.told.length = 0;
    program.stageChanged();
    expect(first!.told).toEqual([]);
    arrangement = { ...publisherAlone, guests: [guest('publisher'), guest('g2')] };
    program.stageChanged();
    expect(first!.told).toEqual([`g1 ${gone.type}`, arrangement]);
    expect(taps.map(({ router, isClosed }) => `${router} ${isClosed}`)).toEqual(['a/g1 true', 'a false', 'a/g2 false']);
  });

  it('gets the images that are named, as its listeners do, and all of it again after its process died', async () => {
    const heard: string[] = [];
    const nothing = (): undefined => undefined;
    const image = (name: string, file: Uint8Array): number => heard.push(`${name} ${file.length}`);
    program.listen({ track: nothing, trackEnded: nothing, part: nothing, ended: nothing, image });
    expect(launched[0]!.told).toEqual(['logo.png 3']);
    images.set('back.png', new Uint8Array(5)).delete('logo.png');
    program.stageChanged();
    expect(launched[0]!.told).toEqual(['logo.png 3', 'logo.png undefined', 'back.png 5']);
    expect(heard).toEqual(['logo.png 3', 'back.png 5']);
    launched[0]!.listener.lost('exit code 1');
    await vi.advanceTimersByTimeAsync(1000);
    expect(launched[1]!.options.arrangement).toBe(arrangement);
    expect(launched[1]!.told).toEqual(['back.png 5']);
  });

  it('keeps its shape with the publisher alone when the stage is not used any more', () => {
    arrangement = undefined;
    program.stageChanged();
    expect(launched[0]!.told.at(-1)).toBe(publisherAlone);
  });

  it('tells who listens late the last of each that changed on the stage', () => {
    const { report } = launched[0]!.listener;
    report({ type: 'journal', entry: { seconds: 1, type: 'speaker', speaker: 'g1' } });
    report({ type: 'journal', entry: { seconds: 2, type: 'speaker', speaker: 'g2' } });
    report({ type: 'journal', entry: { seconds: 3, type: 'guests', guests: [] } });
    const heard: string[] = [];
    const nothing = (): undefined => undefined;
    const journal = ({ seconds, type }: JournalEntry): number => heard.push(`${type} ${seconds}`);
    program.listen({ track: nothing, trackEnded: nothing, part: nothing, ended: nothing, journal });
    report({ type: 'journal', entry: { seconds: 4, type: 'speaker', speaker: null } });
    expect(heard).toEqual(['speaker 2', 'guests 3', 'speaker 4']);
  });
});
