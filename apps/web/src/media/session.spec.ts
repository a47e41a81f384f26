import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakePeer } from './fake-peer.js';
import { RequestRefused } from './request-refused.js';
import { Session } from './session.js';

const ANSWER = 'v=0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:0\r\na=ice-ufrag:s1\r\na=ice-pwd:q1\r\n';
const RESTARTED = 'a=ice-ufrag:s2\r\na=ice-pwd:q2\r\n';
const SIGNAL = new AbortController().signal;
const fetched = vi.fn<typeof fetch>();

const created = () => new Response(ANSWER, { status: 201, headers: { location: '/whip/session/7' } });

function open(token?: string): { session: Session; peer: FakePeer } {
  const peer = new FakePeer();
  const keep = (sdp: string) => sdp;
  const session = new Session(peer.asPeer, {
    endpoint: '/whip/a',
    token,
    shapeOffer: keep,
    shapeAnswer: keep,
    onPost: () => undefined,
  });
  return { session, peer };
}

beforeEach(() => {
  vi.stubGlobal('fetch', fetched);
  vi.stubGlobal('location', { href: 'https://weir.example/watch/a' });
});

afterEach(() => {
  fetched.mockReset();
  vi.unstubAllGlobals();
});

describe('Session', () => {
  it('posts the offer with the token, without waiting for its own description, and applies the answer', async () => {
    fetched.mockResolvedValueOnce(created());
    const { session, peer } = open('secret');
    const applied = vi.spyOn(peer, 'setLocalDescription');
    await session.open(SIGNAL);
    expect(fetched.mock.calls[0]?.[0]).toBe('/whip/a');
    expect(fetched.mock.calls[0]?.[1]).toMatchObject({
      method: 'POST',
      headers: { 'Content-Type': 'application/sdp', Authorization: 'Bearer secret' },
    });
    expect(fetched.mock.invocationCallOrder[0]).toBeLessThan(applied.mock.invocationCallOrder[0] ?? 0);
    expect(peer.remoteDescription).toEqual({ type: 'answer', sdp: ANSWER });
  });

  it('posts the same offer again after a refusal', async () => {
    fetched
      .mockResolvedValueOnce(Response.json({ title: 'Not live' }, { status: 409, headers: { 'retry-after': '5' } }))
      .mockResolvedValueOnce(created());
    const { session } = open();
    await expect(session.open(SIGNAL)).rejects.toMatchObject({ status: 409, retryAfterMs: 5000, detail: 'Not live' });
    await session.open(SIGNAL);
    expect(fetched.mock.calls[1]?.[1]?.body).toBe(fetched.mock.calls[0]?.[1]?.body);
  });

  it('restarts ICE with If-Match: * and takes the new credentials into the old answer', async () => {
    fetched
      .mockResolvedValueOnce(created())
      .mockResolvedValueOnce(new Response(RESTARTED, { status: 200, headers: { etag: '"2"' } }));
    const { session, peer } = open();
    await session.open(SIGNAL);
    await session.restart();
    expect(fetched.mock.calls[1]?.[0]).toBe('https://weir.example/whip/session/7');
    expect(fetched.mock.calls[1]?.[1]).toMatchObject({
      method: 'PATCH',
      headers: { 'Content-Type': 'application/trickle-ice-sdpfrag', 'If-Match': '*' },
    });
    expect(fetched.mock.calls[1]?.[1]?.body).toContain('a=ice-ufrag:u2\r\n');
    expect(peer.remoteDescription?.sdp).toContain('a=ice-ufrag:s2\r\n');
  });

  it('throws when the server does not restart ICE', async () => {
    fetched.mockResolvedValueOnce(created()).mockResolvedValueOnce(new Response('', { status: 422 }));
    const { session } = open();
    await session.open(SIGNAL);
    await expect(session.restart()).rejects.toBeInstanceOf(RequestRefused);
  });

  it('deletes its resource once when closed, before the peer connection says goodbye', async () => {
    const { session, peer } = open('secret');
    fetched.mockResolvedValueOnce(created()).mockImplementationOnce(async () => {
      expect(peer.connectionState).not.toBe('closed');
      return new Response();
    });
    await session.open(SIGNAL);
    session.close();
    session.close();
    await vi.waitFor(() => expect(peer.connectionState).toBe('closed'));
    expect(fetched.mock.calls).toHaveLength(2);
    expect(fetched.mock.calls[1]?.[0]).toBe('https://weir.example/whip/session/7');
    expect(fetched.mock.calls[1]?.[1]).toMatchObject({
      method: 'DELETE',
      headers: { Authorization: 'Bearer secret' },
      keepalive: true,
    });
  });

  it('does not delete what the server has ended', async () => {
    fetched.mockResolvedValueOnce(created());
    const { session, peer } = open();
    await session.open(SIGNAL);
    session.abandon();
    expect(peer.connectionState).toBe('closed');
    expect(fetched).toHaveBeenCalledTimes(1);
  });

  it('deletes a resource that the server made after the session was closed', async () => {
    const { session, peer } = open();
    fetched.mockImplementationOnce(async () => {
      session.close();
      return created();
    });
    fetched.mockResolvedValue(new Response());
    await session.open(SIGNAL);
    expect(fetched.mock.calls[1]?.[1]?.method).toBe('DELETE');
    expect(peer.remoteDescription).toBeNull();
  });
});
