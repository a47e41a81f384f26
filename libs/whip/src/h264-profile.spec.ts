import { describe, expect, it } from 'vitest';
import { h264Profile } from './h264-profile.js';

describe('h264Profile', () => {
  it.each([
    ['42e01f', 'constrained-baseline'],
    ['42c01f', 'constrained-baseline'],
    ['42401F', 'constrained-baseline'],
    ['4d801f', 'constrained-baseline'],
    ['58f01f', 'constrained-baseline'],
    ['42001f', 'baseline'],
    ['58a01f', 'baseline'],
    ['4d001f', 'main'],
    ['4d401f', 'main'],
    ['640028', 'high'],
    ['640c1f', 'constrained-high'],
    ['f4001f', 'predictive-high-444'],
    ['6e001f', 'other'],
    ['640428', 'other'],
  ])('%s is %s', (profileLevelId, profile) => {
    expect(h264Profile(profileLevelId)).toBe(profile);
  });

  it.each([undefined, '', '422001f', 'xyz'])('takes %o for constrained baseline', (profileLevelId) => {
    expect(h264Profile(profileLevelId)).toBe('constrained-baseline');
  });
});
