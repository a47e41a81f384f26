import type { Certificate } from '@weir/dtls';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Certificates } from './certificates.js';

const HOUR_MS = 3_600_000;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('Certificates', () => {
  it('announces a new certificate when the lifetime is over, and keeps the one before for those who were told of it', async () => {
    const [added, retired]: [Certificate[], Certificate[]] = [[], []];
    const certificates = await Certificates.open(
      24,
      (certificate) => added.push(certificate),
      (certificate) => retired.push(certificate),
    );
    const first = certificates.fingerprint.value;
    vi.advanceTimersByTime(24 * HOUR_MS);
    await vi.waitFor(() => expect(added).toHaveLength(1), 20_000);
    const second = certificates.fingerprint.value;
    expect(second).toBe(added[0]!.fingerprint.value);
    expect(certificates.all.map(({ fingerprint }) => fingerprint.value)).toEqual([first, second]);
    expect(retired).toEqual([]);
    vi.advanceTimersByTime(24 * HOUR_MS);
    await vi.waitFor(() => expect(retired.map(({ fingerprint }) => fingerprint.value)).toEqual([first]), 20_000);
    certificates.close();
    expect(vi.getTimerCount()).toBe(0);
  });
});
