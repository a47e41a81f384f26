import { describe, expect, it } from 'vitest';
import { KeyFrameThrottle } from './key-frame-throttle.js';

describe('KeyFrameThrottle', () => {
  it('asks at once, and for many wishes only once', () => {
    const throttle = new KeyFrameThrottle();
    throttle.want();
    throttle.want();
    expect(throttle.due(0, 50, false)).toBe(true);
    expect(throttle.due(20, 50, false)).toBe(false);
  });

  it('puts off a wish that comes within a second of the last request', () => {
    const throttle = new KeyFrameThrottle();
    throttle.want();
    throttle.due(0, 50, true);
    throttle.arrived();
    throttle.want();
    expect(throttle.due(500, 50, true)).toBe(false);
    expect(throttle.due(1000, 50, true)).toBe(true);
  });

  it('asks again while somebody waits, three times fast and then every three seconds', () => {
    const throttle = new KeyFrameThrottle();
    throttle.want();
    const asked: number[] = [];
    for (let now = 0; now <= 10_000; now += 20) if (throttle.due(now, 50, true)) asked.push(now);
    expect(asked).toEqual([0, 300, 600, 900, 3900, 6900, 9900]);
  });

  it('is content once a key frame came', () => {
    const throttle = new KeyFrameThrottle();
    throttle.want();
    throttle.due(0, 50, true);
    throttle.arrived();
    expect(throttle.due(5000, 50, true)).toBe(false);
  });
});
