import { describe, expect, it } from 'vitest';
import {
  absoluteSendTime,
  compactDuration,
  compactNtp,
  compactNtpFromUnix,
  ntpFraction,
  ntpSeconds,
  roundTripMs,
  unixMsFromNtp,
} from './ntp.js';

describe('NTP time', () => {
  it('counts seconds from 1900', () => {
    expect(ntpSeconds(0)).toBe(2_208_988_800);
    expect(ntpFraction(0)).toBe(0);
    expect(ntpFraction(1500)).toBe(0x80000000);
  });

  it('comes back as the same Unix time within a microsecond, also after 2036', () => {
    for (const ms of [0, 1_700_000_000_123.25, 1_795_000_000_999.999, Date.UTC(2040, 0, 1) + 0.5]) {
      expect(Math.abs(unixMsFromNtp(ntpSeconds(ms), ntpFraction(ms)) - ms)).toBeLessThan(0.001);
    }
  });

  it('has the middle 32 bits as its compact form', () => {
    expect(compactNtp(0x11223344, 0x55667788)).toBe(0x33445566);
    expect(compactNtp(0xffffffff, 0xffffffff)).toBe(0xffffffff);
    expect(compactNtpFromUnix(1500)).toBe(compactNtp(2_208_988_801, 0x80000000));
  });
});

describe('compactDuration', () => {
  it('counts 1/65536 seconds and clamps', () => {
    expect(compactDuration(1000)).toBe(65536);
    expect(compactDuration(-5)).toBe(0);
    expect(compactDuration(1e12)).toBe(0xffffffff);
  });
});

describe('roundTripMs', () => {
  it('is the example of RFC 3550 section 6.4.1, figure 2', () => {
    expect(roundTripMs(0xb7108000, 0xb7052000, 0x00054000)).toBe(6125);
  });

  it('works over the wrap of compact time', () => {
    expect(roundTripMs(0x00000100, 0xffffff00, 0x100)).toBeCloseTo((0x100 * 1000) / 65536, 6);
  });

  it('is -1 without a sender report and never negative with one', () => {
    expect(roundTripMs(1000, 0, 0)).toBe(-1);
    expect(roundTripMs(1000, 900, 200)).toBe(0);
  });
});

describe('absoluteSendTime', () => {
  it('is 6.18 fixed point seconds that wrap every 64 seconds', () => {
    expect(absoluteSendTime(1000)).toBe(1 << 18);
    expect(absoluteSendTime(63_999.999)).toBe(0xffffff);
    expect(absoluteSendTime(64_000)).toBe(0);
    expect(absoluteSendTime(128_500)).toBe(1 << 17);
  });
});
