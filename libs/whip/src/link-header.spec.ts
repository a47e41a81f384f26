import { describe, expect, it } from 'vitest';
import { iceServerLinks } from './link-header.js';

describe('iceServerLinks', () => {
  it('T8 W-60 writes one value for each URL, parameters in the order that clients expect', () => {
    const servers = [
      { urls: ['stun:stun.example.net'] },
      {
        urls: ['turn:turn.example.net:3478?transport=udp', 'turns:[2001:db8::1]:5349'],
        username: 'u',
        credential: 'p',
      },
    ];
    expect(iceServerLinks(servers)).toEqual([
      '<stun:stun.example.net>; rel="ice-server"',
      '<turn:turn.example.net:3478?transport=udp>; rel="ice-server"; username="u"; credential="p"; credential-type="password"',
      '<turns:[2001:db8::1]:5349>; rel="ice-server"; username="u"; credential="p"; credential-type="password"',
    ]);
  });

  it('escapes quotes and backslashes and drops what a header cannot hold', () => {
    const [link] = iceServerLinks([{ urls: ['turn:t'], username: 'a"b\\c', credential: 'x\r\ny' }]);
    expect(link).toContain('username="a\\"b\\\\c"; credential="xy"');
  });

  it('leaves out what is no STUN or TURN URL', () => {
    expect(iceServerLinks([{ urls: ['http://example.net', 'turn:a>b', 'turn:'] }])).toEqual([]);
  });
});
