import { describe, expect, it } from 'vitest';
import { hostCandidates } from './host-addresses.js';

describe('hostCandidates', () => {
  it('announces public addresses instead of the local ones, IPv4 first', () => {
    expect(hostCandidates(8100, ['2001:db8::1', '203.0.113.5'], [4, 6])).toEqual([
      { address: '203.0.113.5', port: 8100, family: 4 },
      { address: '2001:db8::1', port: 8100, family: 6 },
    ]);
  });

  it('announces them beside the local ones after a plus', () => {
    const addresses = hostCandidates(8100, ['+', '203.0.113.5'], [4]).map(({ address }) => address);
    expect(addresses).toContain('203.0.113.5');
    expect(addresses.at(-1)).toBe('127.0.0.1');
  });

  it('leaves out a family without a socket', () => {
    expect(hostCandidates(8100, ['2001:db8::1'], [4])).toEqual([]);
  });
});
