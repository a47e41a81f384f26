import { describe, expect, it } from 'vitest';
import { readLooks } from './page-looks.js';

describe('readLooks', () => {
  it('reads how the page is asked to look', () => {
    expect(readLooks({ search: '?overlay=1&theme=dark', hash: '#token=abc' })).toEqual({
      overlay: true,
      theme: 'dark',
      watchToken: 'abc',
    });
    expect(readLooks({ search: '?theme=pink', hash: '' })).toEqual({
      overlay: false,
      theme: undefined,
      watchToken: undefined,
    });
  });
});
