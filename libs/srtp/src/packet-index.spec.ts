import { describe, expect, it } from 'vitest';
import { estimatePacketIndex } from './packet-index.js';

describe('estimatePacketIndex', () => {
  it('takes the first sequence number as it is', () => {
    expect(estimatePacketIndex(65000, -1)).toBe(65000);
  });

  it('goes on into the next rollover when the sequence wraps, however many packets were lost around it', () => {
    expect(estimatePacketIndex(0, 65535)).toBe(65536);
    expect(estimatePacketIndex(20000, 60000)).toBe(65536 + 20000);
    expect(estimatePacketIndex(5, 3 * 65536 + 65530)).toBe(4 * 65536 + 5);
  });

  it('puts a late packet from before the wrap into the rollover before', () => {
    expect(estimatePacketIndex(65535, 65536 + 3)).toBe(65535);
  });

  it('takes a sequence number within the first rollover as it is, because nothing came before', () => {
    expect(estimatePacketIndex(65535, 3)).toBe(65535);
  });

  it('stays within half a cycle of the greatest index', () => {
    for (let highest = 65536 * 2; highest < 65536 * 3; highest += 997) {
      for (let sequence = 0; sequence < 65536; sequence += 1009) {
        const index = estimatePacketIndex(sequence, highest);
        expect(index % 65536).toBe(sequence);
        expect(Math.abs(index - highest)).toBeLessThanOrEqual(32768);
      }
    }
  });
});
