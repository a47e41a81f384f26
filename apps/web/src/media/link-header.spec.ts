import { describe, expect, it } from 'vitest';
import { iceServersOf } from './link-header.js';

describe('iceServersOf', () => {
  it('reads joined headers with quoted credentials', () => {
    const header =
      '<stun:stun.example.net>; rel="ice-server", ' +
      '<turn:turn.example.net?transport=udp>; rel="ice-server"; username="17:u1"; credential="a,b;c"; credential-type="password"';
    expect(iceServersOf(header)).toEqual([
      { urls: 'stun:stun.example.net' },
      { urls: 'turn:turn.example.net?transport=udp', username: '17:u1', credential: 'a,b;c' },
    ]);
  });

  it('ignores other relations, other schemes and a missing header', () => {
    expect(iceServersOf(null)).toEqual([]);
    expect(iceServersOf('</whep/x/sse>; rel="urn:example", <https://example.net>; rel="ice-server"')).toEqual([]);
  });
});
