import { describe, expect, it } from 'vitest';
import { ClipPlayer } from './clip-player.js';
import { Clip } from './clip.js';

describe('ClipPlayer', () => {
  it('hands over nothing before it is due and everything that is', async () => {
    const played: string[] = [];
    const player = new ClipPlayer(await Clip.demo(), {
      video: (_unit, rtpTimestamp) => played.push(`video ${rtpTimestamp}`),
      audio: (_packet, rtpTimestamp) => played.push(`audio ${rtpTimestamp}`),
    });
    expect(player.advance(0)).toBe(20);
    expect(player.advance(19)).toBe(20);
    expect(player.advance(40)).toBe(60);
    expect(played).toEqual(['video 0', 'audio 0', 'audio 960', 'video 3000', 'audio 1920']);
  });

  it('keeps timestamps rising over the end of the clip', async () => {
    const clip = await Clip.demo();
    const timestamps: number[] = [];
    const player = new ClipPlayer(clip, { video: (_unit, at) => timestamps.push(at), audio: () => undefined });
    player.advance(clip.durationMs * 2.5);
    expect(timestamps).toHaveLength(901);
    expect(timestamps.every((at, index) => at === index * 3000)).toBe(true);
  });

  it('begins each loop with a key frame', async () => {
    const clip = await Clip.demo();
    const keyFrames: number[] = [];
    const player = new ClipPlayer(clip, {
      video: (unit, at) => unit.keyFrame && keyFrames.push(at),
      audio: () => undefined,
    });
    player.advance(clip.durationMs);
    expect(keyFrames.at(-1)).toBe(360 * 3000);
  });
});
