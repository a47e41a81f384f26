import { describe, expect, it } from 'vitest';
import { ntpFraction, ntpSeconds } from './ntp.js';
import { SenderClock } from './sender-clock.js';

const START_MS = 1_795_000_000_000;

function clockWithReport(rtpTimestamp = 90_000): SenderClock {
  const clock = new SenderClock(90_000);
  clock.report(ntpSeconds(START_MS), ntpFraction(START_MS), rtpTimestamp, 1000);
  return clock;
}

describe('SenderClock', () => {
  it('is ready after the first report', () => {
    const clock = new SenderClock(48_000);
    expect(clock.ready).toBe(false);
    expect(clock.report(1, 0, 5, 0)).toBe(true);
    expect(clock.ready).toBe(true);
    clock.reset();
    expect(clock.ready).toBe(false);
  });

  it('ignores a report without a wall clock', () => {
    const clock = new SenderClock(48_000);
    expect(clock.report(0, 0, 5, 0)).toBe(false);
    expect(clock.ready).toBe(false);
  });

  it('converts both ways, before and after the report and over the wrap', () => {
    const clock = clockWithReport(10);
    expect(clock.ntpMsAt(10)).toBeCloseTo(START_MS, 3);
    expect(clock.ntpMsAt(10 + 45_000)).toBeCloseTo(START_MS + 500, 3);
    expect(clock.ntpMsAt((10 - 45_000) >>> 0)).toBeCloseTo(START_MS - 500, 3);
    expect(clock.rtpAt(START_MS + 1000)).toBe(90_010);
    expect(clock.rtpAt(START_MS - 1000)).toBe((10 - 90_000) >>> 0);
  });

  it('goes on with the time of arrival', () => {
    const clock = clockWithReport();
    expect(clock.ntpMsOnArrivalAt(1250)).toBeCloseTo(START_MS + 250, 3);
    expect(clock.rtpAt(clock.ntpMsOnArrivalAt(2000))).toBe(180_000);
  });

  it('ignores an overtaken report but follows a wall clock that was set back for long', () => {
    const clock = clockWithReport();
    expect(clock.report(ntpSeconds(START_MS - 1000), 0, 1, 1100)).toBe(false);
    expect(clock.rtpAt(START_MS)).toBe(90_000);
    expect(clock.report(ntpSeconds(START_MS - 1000), 0, 1, 11_000)).toBe(true);
    expect(clock.rtpAt(START_MS - 1000)).toBe(1);
  });
});
