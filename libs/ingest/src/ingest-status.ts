import type { IngestStatus } from '@weir/contract';
import type { StreamDescription } from '@weir/rtp';
import { ingestProblems } from './ingest-problems.js';
import type { Publisher } from './publisher.js';

/** What a channel tells of itself beside its publisher. */
export interface IngestSurroundings {
  readonly description: StreamDescription;
  readonly isPassedThrough: boolean;
  readonly viewers: IngestStatus['viewers'];
}

const nobody: Omit<IngestStatus, 'viewers'> = {
  state: 'waiting',
  userAgent: null,
  videoCodec: null,
  audioCodec: null,
  width: null,
  height: null,
  framesPerSecond: null,
  bitrateBps: null,
  keyFrameIntervalMs: null,
  loss: null,
  problems: [],
};

/** Tells how a publisher is doing; without one, that it is waited for. */
export function ingestStatus(
  publisher: Pick<Publisher, 'facts' | 'isConnected' | 'software'> | undefined,
  { description, isPassedThrough, viewers }: IngestSurroundings,
): IngestStatus {
  if (publisher === undefined) return { ...nobody, viewers };
  const { name: userAgent, isBrowser } = publisher.software;
  const { facts } = publisher;
  if (!publisher.isConnected || facts === undefined) return { ...nobody, state: 'connecting', userAgent, viewers };
  const problems = ingestProblems({ facts, description, isBrowser, isPassedThrough });
  if (!facts.hasMedia) return { ...nobody, state: 'connecting', userAgent, viewers, problems };
  const { audio, video } = facts;
  const shown = video !== undefined && !video.isSilent;
  return {
    state: 'live',
    userAgent,
    videoCodec: shown ? (description.video?.codec ?? null) : null,
    audioCodec: audio !== undefined && !audio.isSilent ? (description.audio?.codec ?? null) : null,
    width: description.video?.width ?? null,
    height: description.video?.height ?? null,
    framesPerSecond: shown ? video.framesPerSecond : null,
    bitrateBps: (video?.bitrateBps ?? 0) + (audio?.bitrateBps ?? 0),
    keyFrameIntervalMs: video?.keyFrameIntervalsMs.at(-1) ?? null,
    loss: facts.loss,
    viewers,
    problems,
  };
}
