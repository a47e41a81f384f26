import type { IngestProblem } from '@weir/contract';
import type { StreamDescription } from '@weir/rtp';
import type { IngestFacts, TrackFacts } from './ingest-gauge.js';

/** What is judged. */
export interface IngestCase {
  readonly facts: IngestFacts;
  readonly description: StreamDescription;
  readonly isBrowser: boolean;
  /** HLS is made of the publisher's own pictures, which only then need regular key frames. */
  readonly isPassedThrough: boolean;
}

type Track = StreamDescription['video'];
type Severity = IngestProblem['severity'];

const LONG_INTERVAL_MS = 4500;
const FAR_TOO_LONG_INTERVAL_MS = 10_500;
const IRREGULAR_FROM = 4;
const IRREGULAR_RATIO = 1.5;
const IRREGULAR_MS = 700;
const LOW_BITS_PER_PIXEL = 0.02;
const HIGH_BITS_PER_PIXEL = 0.2;
const ALWAYS_MODEST_BPS = 2_500_000;
const NEAR_LIMIT = 0.85;
const LOW_FRAME_RATE = 20;
const FRAMES_KEPT = 0.75;
const LOSS_WARNING = 0.01;
const LOSS_ERROR = 0.05;
const STEADY_SECONDS = 5;
const PIXELS_1080P = 1920 * 1088;

/** H.264 profiles that no browser decodes, by profile_idc (ITU-T H.264 annex A). */
const UNPLAYABLE_PROFILES: Readonly<Record<number, string>> = {
  88: 'Extended',
  110: 'High 10',
  122: 'High 4:2:2',
  244: 'High 4:4:4',
};
/** H.264 profiles that most browsers decode, but not all. */
const DEMANDING_PROFILES: Readonly<Record<number, string>> = { 77: 'Main', 100: 'High' };

/** Everything that is wrong with what a publisher sends, the worst first. */
export function ingestProblems({ facts, description, isBrowser, isPassedThrough }: IngestCase): IngestProblem[] {
  const problems: IngestProblem[] = [];
  const add = (type: IngestProblem['type'], severity: Severity, found = ''): void => {
    problems.push({ type, severity, found });
  };
  const { audio, video } = facts;
  if (video === undefined) add('no-video', 'info');
  else if (video.isSilent) add('no-video', 'error');
  if (audio === undefined || audio.isSilent) add('no-audio', 'warning');
  if (description.video?.hasBFrames === true) add('b-frames', 'error');
  const steady = facts.seconds >= STEADY_SECONDS && video !== undefined && !video.isSilent;
  if (!isBrowser && video !== undefined) {
    judgeKeyFrames(video, isPassedThrough, add);
    judgeProfile(description.video, add);
    if (steady) judgeThrift(video, description.video, add);
  }
  if (steady) judgeBitrate(facts, video, description.video, add);
  if (facts.loss >= LOSS_WARNING)
    add('loss', facts.loss >= LOSS_ERROR ? 'error' : 'warning', `${(facts.loss * 100).toFixed(1)} %`);
  const { width = 0, height = 0 } = description.video ?? {};
  if (width * height > PIXELS_1080P) add('above-1080p', 'info', `${width}×${height}`);
  return problems.toSorted((one, other) => rankOf(one) - rankOf(other));
}

type Add = (type: IngestProblem['type'], severity: Severity, found?: string) => void;

function judgeKeyFrames(video: TrackFacts, isPassedThrough: boolean, add: Add): void {
  const intervals = video.keyFrameIntervalsMs;
  const newest = intervals.at(-1) ?? 0;
  const since = video.sinceKeyFrameMs ?? 0;
  const longest = Math.max(newest, since);
  if (longest >= LONG_INTERVAL_MS) {
    const severity = longest >= FAR_TOO_LONG_INTERVAL_MS ? 'error' : 'warning';
    add('long-key-frame-interval', severity, since > newest ? `> ${seconds(since)} s` : `${seconds(newest)} s`);
    return;
  }
  if (intervals.length < IRREGULAR_FROM) return;
  const [least, most] = [Math.min(...intervals), Math.max(...intervals)];
  if (most < least * IRREGULAR_RATIO || most - least < IRREGULAR_MS) return;
  add('irregular-key-frames', isPassedThrough ? 'warning' : 'info', `${seconds(least)}–${seconds(most)} s`);
}

function judgeProfile(track: Track, add: Add): void {
  if (track?.codec !== 'h264' || track.profileLevelId === undefined) return;
  const profile = Number.parseInt(track.profileLevelId.slice(0, 2), 16);
  const unplayable = UNPLAYABLE_PROFILES[profile];
  const demanding = DEMANDING_PROFILES[profile];
  if (unplayable !== undefined) add('profile', 'error', unplayable);
  else if (demanding !== undefined) add('profile', 'info', demanding);
}

function judgeThrift(video: TrackFacts, track: Track, add: Add): void {
  const low = LOW_BITS_PER_PIXEL * pixelRate(video, track);
  if (video.bitrateBps < low) add('bitrate-low', 'warning', bitrate(video.bitrateBps));
  const { framesPerSecond, bestFramesPerSecond } = video;
  if (framesPerSecond >= Math.max(LOW_FRAME_RATE, bestFramesPerSecond * FRAMES_KEPT)) return;
  add('frame-rate-low', 'warning', `${Math.round(framesPerSecond)} fps`);
}

function judgeBitrate(facts: IngestFacts, video: TrackFacts, track: Track, add: Add): void {
  const all = video.bitrateBps + (facts.audio?.bitrateBps ?? 0);
  if (all > NEAR_LIMIT * facts.limitBps) add('bitrate-high', 'error', bitrate(all));
  else if (video.bitrateBps > Math.max(ALWAYS_MODEST_BPS, HIGH_BITS_PER_PIXEL * pixelRate(video, track)))
    add('bitrate-high', 'warning', bitrate(all));
}

function pixelRate(video: TrackFacts, track: Track): number {
  return (track?.width ?? 0) * (track?.height ?? 0) * video.framesPerSecond;
}

function rankOf({ severity }: IngestProblem): number {
  return ['error', 'warning', 'info'].indexOf(severity);
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(1);
}

function bitrate(bitsPerSecond: number): string {
  if (bitsPerSecond < 1_000_000) return `${Math.round(bitsPerSecond / 1000)} kb/s`;
  return `${(bitsPerSecond / 1_000_000).toFixed(1)} Mb/s`;
}
