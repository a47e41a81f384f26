import type { StreamDescription } from '@weir/rtp';

// High profile at level 4.
const ENCODED: Required<StreamDescription> = {
  audio: { codec: 'opus', channels: 2 },
  video: { codec: 'h264', profileLevelId: '640028' },
};

/** What a program carries in real time: what its packets told, and before they did what it is encoded to. */
export function realTimeTracks({ audio, video }: StreamDescription): Required<StreamDescription> {
  return { audio: { ...ENCODED.audio, ...audio }, video: { ...ENCODED.video, ...video } };
}
