import { describe, expect, it } from 'vitest';
import { sharedUrl } from '../api/recordings.js';
import { watchLinkOf } from './watch-link.js';

const link = {
  url: '/shared/a1/x2.y-3/program.mp4',
  playlistUrl: '/shared/a1/x2.y-3/index.m3u8',
  expiresAt: '2027-01-01T00:00:00Z',
};

describe('watchLinkOf', () => {
  it('carries the token of the link to the page', () => {
    expect(watchLinkOf('https://weir.example', 'a1', link)).toBe('https://weir.example/recordings/a1?token=x2.y-3');
  });

  it('takes it from the file where there is no playlist', () => {
    const fileOnly = { ...link, playlistUrl: null };
    expect(watchLinkOf('https://weir.example', 'a1', fileOnly)).toBe('https://weir.example/recordings/a1?token=x2.y-3');
  });

  it('is the plain page where there is no token', () => {
    const empty = { ...link, url: null, playlistUrl: null };
    expect(watchLinkOf('https://weir.example', 'a1', empty)).toBe('https://weir.example/recordings/a1');
  });

  it('leads the page back to the files of the link', () => {
    const token = new URL(watchLinkOf('https://weir.example', 'a1', link)).searchParams.get('token') ?? undefined;
    expect(sharedUrl('/recordings/a1/index.m3u8', 'a1', token)).toBe(link.playlistUrl);
    expect(sharedUrl('/recordings/a1/index.m3u8', 'a1', undefined)).toBe('/recordings/a1/index.m3u8');
  });
});
