import { describe, expect, it } from 'vitest';
import { corsHeaders } from './cors.js';

describe('corsHeaders', () => {
  it('allows every origin by default, without credentials', () => {
    const headers = corsHeaders('https://example.net', ['*']);
    expect(headers['Access-Control-Allow-Origin']).toBe('*');
    expect(headers).not.toHaveProperty('Access-Control-Allow-Credentials');
  });

  it('reflects a listed origin and says nothing to others, so that caches keep them apart', () => {
    const listed = ['https://one.example'];
    expect(corsHeaders('https://one.example', listed)['Access-Control-Allow-Origin']).toBe('https://one.example');
    expect(corsHeaders('https://two.example', listed)).toEqual({ Vary: 'Origin' });
    expect(corsHeaders(undefined, listed)).toEqual({ Vary: 'Origin' });
  });
});
