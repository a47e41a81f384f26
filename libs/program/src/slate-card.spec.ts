import { describe, expect, it } from 'vitest';
import { slateCard } from './slate-card.js';

const size = { width: 320, height: 180 };
const absent = () => {
  throw new Error('not installed');
};

describe('slateCard', () => {
  it('is a picture without text where the canvas package cannot be loaded', () => {
    const { data } = slateCard('News', size, absent);
    expect(data).toHaveLength(320 * 180 * 1.5);
    expect(data[90 * 320 + 160]).toBeLessThan(60);
    expect(data[90 * 320 + 160 + 11]).toBeGreaterThan(180);
    expect(data[0]).toBeGreaterThan(data[179 * 320]!);
  });

  it('never fails, whatever the title', () => {
    for (const title of ['', '방송 준비 중', 'a'.repeat(5000), '\u0000\uD800 \n']) {
      expect(slateCard(title, size).data).toHaveLength(320 * 180 * 1.5);
    }
  });
});
