import type { Page } from 'playwright-core';
import { until } from './until.js';

/** Frames a second that even a machine with other work to do decodes. */
const SLOWEST_FRAME_RATE = 8;

/** Figures of one incoming track as `RTCPeerConnection.getStats` tells them (W3C webrtc-stats `inbound-rtp`). */
export interface ReceivedTrack {
  readonly packetsReceived: number;
  readonly packetsLost: number;
  readonly nackCount?: number;
  readonly pliCount?: number;
  readonly retransmittedPacketsReceived?: number;
  readonly framesDecoded?: number;
  readonly keyFramesDecoded?: number;
  readonly freezeCount?: number;
  /** Seconds. */
  readonly totalFreezesDuration?: number;
  readonly frameWidth?: number;
  readonly frameHeight?: number;
  /** 0 to 1. */
  readonly audioLevel?: number;
  readonly totalAudioEnergy?: number;
}

/** Figures of one outgoing track (W3C webrtc-stats `outbound-rtp`). */
export interface SentTrack {
  readonly packetsSent: number;
  readonly nackCount?: number;
  readonly pliCount?: number;
  readonly retransmittedPacketsSent?: number;
  readonly framesEncoded?: number;
  readonly keyFramesEncoded?: number;
}

/** The tracks of a page by kind; a kind is absent until its first packet. */
export interface TracksOf<T> {
  readonly audio?: T;
  readonly video?: T;
}

/** What the page receives at this moment. */
export async function received(page: Page): Promise<TracksOf<ReceivedTrack>> {
  return (await page.evaluate('weirProbe.received()')) as TracksOf<ReceivedTrack>;
}

/** What the page sends at this moment. */
export async function sent(page: Page): Promise<TracksOf<SentTrack>> {
  return (await page.evaluate('weirProbe.sent()')) as TracksOf<SentTrack>;
}

/** One visit of a viewer. */
export interface Visit {
  /** From the start of the request to the first frame on the screen. */
  readonly firstFrameMs: number;
  /** At the end of the visit. */
  readonly figures: ReceivedTrack;
}

/** Watches a WHEP endpoint from within the page, for `watchMs` after the first frame. */
export async function watchOnce(page: Page, url: string, watchMs: number): Promise<Visit> {
  return (await page.evaluate(`weirProbe.watchOnce(${JSON.stringify(url)}, ${watchMs})`)) as Visit;
}

/** The first video element's picture as 32 by 18 green values; empty before the first frame. */
export async function picture(page: Page): Promise<readonly number[]> {
  return (await page.evaluate('weirProbe.picture()')) as readonly number[];
}

/** Mean difference of two pictures, 0 to 255. */
export function difference(one: readonly number[], other: readonly number[]): number {
  return (
    one.reduce((total, value, pixel) => total + Math.abs(value - (other[pixel] ?? 0)), 0) / Math.max(1, one.length)
  );
}

/** Waits until the page has decoded `frames` more frames than now, over as many connections as it takes. */
export async function moreFrames(page: Page, frames: number, timeoutMs = 60_000): Promise<void> {
  let last = (await received(page)).video?.framesDecoded ?? 0;
  let gained = 0;
  const enough = async (): Promise<boolean> => {
    const decoded = (await received(page)).video?.framesDecoded ?? 0;
    gained += decoded >= last ? decoded - last : decoded;
    last = decoded;
    return gained >= frames;
  };
  await until(enough, { what: `${frames} more decoded frames`, timeoutMs, everyMs: 200 });
}

/** What came of a stretch of watching: figures of the end less those of its beginning. */
export interface Stretch {
  readonly frames: number;
  readonly seconds: number;
  readonly keyFrameRequests: number;
  readonly packetsLost: number;
  readonly frozenSeconds: number;
}

/**
 * Watches stretches of `frames` frames until one of them is as it should be, and returns all: what is wrong with the media is wrong in each of
 * them, while a machine that stands still for a moment spoils only one. Rejects after so many `tries`.
 */
export async function watchStretch(
  page: Page,
  frames: number,
  isRight: (stretch: Stretch) => boolean,
  tries = 4,
): Promise<Stretch[]> {
  const stretches: Stretch[] = [];
  while (stretches.length < tries) {
    const [before, beganMs] = [(await received(page)).video, performance.now()];
    await moreFrames(page, frames, (frames / SLOWEST_FRAME_RATE) * 1000);
    const [after, endedMs] = [(await received(page)).video, performance.now()];
    const gained = (of: (track: ReceivedTrack) => number | undefined): number =>
      ((after && of(after)) ?? 0) - ((before && of(before)) ?? 0);
    stretches.push({
      frames: gained(({ framesDecoded }) => framesDecoded),
      seconds: (endedMs - beganMs) / 1000,
      keyFrameRequests: gained(({ pliCount }) => pliCount),
      packetsLost: gained(({ packetsLost }) => packetsLost),
      frozenSeconds: gained(({ totalFreezesDuration }) => totalFreezesDuration),
    });
    if (isRight(stretches.at(-1)!)) return stretches;
  }
  throw new Error(`No stretch was as it should be: ${JSON.stringify(stretches)}`);
}

/** Waits until the picture differs from what it is now, or from the first that there is. */
export async function pictureChanges(page: Page, timeoutMs = 30_000): Promise<void> {
  const anyPicture = async (): Promise<readonly number[] | undefined> => {
    const values = await picture(page);
    return values.length > 0 ? values : undefined;
  };
  const before = await until(anyPicture, { what: 'a picture', timeoutMs });
  await until(async () => difference(before, await picture(page)) > 1, { what: 'a changing picture', timeoutMs });
}

/** Turns the sound of a watch page on, as far as it is off, and waits until it is heard. */
export async function soundIsHeard(page: Page, timeoutMs = 30_000): Promise<void> {
  const unmute = page.getByRole('button', { name: /^(Tap for sound|Unmute)$/ });
  if ((await unmute.count()) > 0) await unmute.first().click();
  await until(async () => ((await received(page)).audio?.audioLevel ?? 0) > 0.001, { what: 'sound', timeoutMs });
}
