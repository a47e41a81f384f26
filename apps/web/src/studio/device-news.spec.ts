import { describe, expect, it } from 'vitest';
import { withNews, withoutNewsOf } from './device-news.js';
import type { DeviceNews } from './device-news.js';

const LOST: DeviceNews = { kind: 'lost', source: 'camera' };
const BACK: DeviceNews = { kind: 'back', source: 'camera', label: 'Desk' };
const FELL: DeviceNews = { kind: 'fell-back', source: 'microphone', label: 'Built-in' };
const ENDED: DeviceNews = { kind: 'screen-ended' };

describe('the news of devices', () => {
  it('has the newest of each source only', () => {
    expect(withNews(withNews(withNews([], LOST), FELL), BACK)).toEqual([FELL, BACK]);
    expect(withNews(withNews([], ENDED), ENDED)).toEqual([ENDED]);
  });

  it('is over for a source when somebody chose', () => {
    expect(withoutNewsOf([BACK, FELL, ENDED], 'microphone')).toEqual([BACK, ENDED]);
  });
});
