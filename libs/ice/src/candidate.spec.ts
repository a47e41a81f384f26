import { describe, expect, it } from 'vitest';
import { formatCandidate, hostCandidatePriority, parseCandidate } from './candidate.js';

describe('candidates', () => {
  it('reads what browsers write, with and without a=', () => {
    const line =
      'candidate:842163049 1 UDP 1677729535 203.0.113.7 46154 typ srflx raddr 192.168.1.2 rport 46154 generation 0';
    const expected = {
      foundation: '842163049',
      component: 1,
      transport: 'udp',
      priority: 1677729535,
      address: '203.0.113.7',
      port: 46154,
      type: 'srflx',
    };
    expect(parseCandidate(line)).toEqual(expected);
    expect(parseCandidate(`a=${line}\r\n`)).toEqual(expected);
  });

  it('reads TCP candidates and names', () => {
    expect(parseCandidate('candidate:1 1 tcp 1 4f2c.local 9 typ host tcptype active')?.address).toBe('4f2c.local');
  });

  it('writes what it reads', () => {
    const line = 'candidate:1 1 udp 2130706431 2001:db8::1 8100 typ host';
    expect(formatCandidate(parseCandidate(line)!)).toBe(line);
  });

  it.each([
    '',
    'candidate:',
    'candidate:1 1 udp 1 1.2.3.4 9',
    'candidate:1 1 udp 1 1.2.3.4 9 typ',
    'candidate:1 1 udp 1 1.2.3.4 9 typ other',
    'candidate:1 1 sctp 1 1.2.3.4 9 typ host',
    'candidate:1 300 udp 1 1.2.3.4 9 typ host',
    'candidate:1 1 udp -1 1.2.3.4 9 typ host',
    'candidate:1 1 udp 4294967296 1.2.3.4 9 typ host',
    'candidate:1 1 udp 1 1.2.3.4 65536 typ host',
    'candidate:1 1 udp 1 1.2.3.4 0x9 typ host',
    `candidate:1 1 udp 1 ${'a'.repeat(600)} 9 typ host`,
    'a=end-of-candidates',
  ])('refuses %j', (line) => {
    expect(parseCandidate(line)).toBeUndefined();
  });

  it('gives a better local preference a better priority', () => {
    expect(hostCandidatePriority(65535)).toBe(2130706431);
    expect(hostCandidatePriority(65534)).toBeLessThan(hostCandidatePriority(65535));
  });
});
