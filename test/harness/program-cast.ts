import type { Arrangement } from '@weir/stage';
import type { FeedClip } from './feed-clip.js';
import { guestClip, type GuestWish } from './program-guests.js';
import type { Probe } from './program-probe.js';
import { ProgramWatch } from './program-watch.js';
import { TapFeeder } from './tap-feeder.js';

/** Guests by name, of colours and tones that can be told apart. */
export const CAST: Readonly<Record<string, GuestWish>> = {
  anna: { colour: '0xd02020', hertz: 440 },
  bert: { colour: '0x20c030', hertz: 700 },
  cleo: { colour: '0x3040e0', hertz: 1100 },
  dirk: { colour: '0xd0c020', hertz: 1700 },
};

/** One small rung, which no busy machine makes the program give up. */
const LADDER = [{ name: '240p', height: 240, bitrateBps: 500_000 }] as const;
/** The canvas of that ladder. */
export const CAST_CANVAS = { width: 426, height: 240 } as const;
/** Its only track of pictures. */
export const CAST_TRACK = '240p';
const NEAR = 30;
const GREY = 14;
/** A machine that is never calm is to show what comes of it. */
const MOST_TURNS = 10;

/** A program with guests. */
export interface Cast {
  readonly watch: ProgramWatch;
  readonly feeders: Readonly<Record<string, TapFeeder>>;
  /** Another guest sends from now on. */
  join(name: string, clip: FeedClip): void;
  /** Waits until there is so much more of the program during which all who send did so in time. */
  calm(seconds: number): Promise<void>;
  close(): Promise<void>;
}

/** Starts a program with these guests of the cast, all of them sending, and waits until one of them is seen. */
export async function startCast(names: readonly string[], arrangement: Arrangement): Promise<Cast> {
  const clips = await Promise.all(names.map((name) => guestClip(CAST[name]!)));
  const watch = await ProgramWatch.start({ arrangement, ladder: LADDER });
  const feeders: Record<string, TapFeeder> = {};
  watch.onKeyFrame = (guest) => feeders[guest]?.wantKeyFrame();
  const join = (name: string, clip: FeedClip): void => {
    const feeder = new TapFeeder(clip, (event) => watch.program.media(name, event));
    feeders[name] = feeder;
    feeder.start();
  };
  for (const [index, name] of names.entries()) join(name, clips[index]!);
  const calm = async (seconds: number): Promise<void> => {
    for (let turn = 0; turn < MOST_TURNS; turn += 1) {
      const fromMs = Date.now();
      await watch.runs(seconds);
      if (Object.values(feeders).every(({ lateAtMs }) => lateAtMs < fromMs)) return;
    }
  };
  const close = async (): Promise<void> => {
    for (const feeder of Object.values(feeders)) feeder.stop();
    await watch.close();
  };
  try {
    if (names.length > 0) await watch.until(() => watch.state?.isOnSlate === false, 'a picture');
  } catch (error) {
    await close();
    throw error;
  }
  return { watch, feeders, join, calm, close };
}

/** Whether a probe has the colour of a guest. */
export function isOf(probe: Probe, name: string): boolean {
  return isNear(probe, colourOf(CAST[name]!.colour));
}

/** Whether a probe has nearly this colour. */
export function isNear(probe: Probe, colour: Probe): boolean {
  return probe.every((value, channel) => Math.abs(value - colour[channel]!) < NEAR);
}

/** Whether a probe has no colour. */
export function isGrey(probe: Probe): boolean {
  return Math.max(...probe) - Math.min(...probe) < GREY;
}

/** Red, green and blue of such as `0xd02020`. */
export function colourOf(text: string): Probe {
  const value = Number(text);
  return [value >> 16, (value >> 8) & 0xff, value & 0xff];
}
