import { describe, expect, it } from 'vitest';
import { Clip } from './clip.js';

describe('the demo clip', () => {
  it('lasts twelve seconds in picture and sound', async () => {
    const clip = await Clip.demo();
    expect(clip.durationMs).toBe(12_000);
    expect(clip.audio).toHaveLength(600);
  });

  it('has a key frame with its parameter sets at each second', async () => {
    const clip = await Clip.demo();
    const keyFrames = clip.video.flatMap((unit, index) => (unit.keyFrame ? [index] : []));
    expect(keyFrames).toEqual(Array.from({ length: 12 }, (_, second) => second * 30));
    const types = clip.video[0]?.nalUnits.map((nalUnit) => (nalUnit[0] ?? 0) & 0x1f);
    expect(types?.slice(0, 2)).toEqual([7, 8]);
  });

  it('is constrained baseline, which every browser decodes', async () => {
    const clip = await Clip.demo();
    const sps = clip.video[0]?.nalUnits[0];
    expect(sps?.[1]).toBe(66);
    expect((sps?.[2] ?? 0) & 0x40).toBe(0x40);
  });
});
