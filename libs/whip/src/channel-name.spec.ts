import { describe, expect, it } from 'vitest';
import { isChannelName } from './channel-name.js';

describe('isChannelName', () => {
  it.each(['demo', 'A-b_9', 'x'.repeat(64)])('takes %s', (name) => {
    expect(isChannelName(name)).toBe(true);
  });

  it.each(['', 'x'.repeat(65), 'a b', 'a/b', '..', 'é', 'demo\n', 'a%20'])('refuses %o', (name) => {
    expect(isChannelName(name)).toBe(false);
  });
});
