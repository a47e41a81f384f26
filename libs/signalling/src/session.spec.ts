import type { MediaSession } from '@weir/sfu';
import type { Fragment } from '@weir/whip';
import { beforeEach, describe, expect, it } from 'vitest';
import { EntityTagMismatch, EntityTagMissing, RestartTooSoon, Session } from './session.js';
import type { SessionOwner } from './session-owner.js';

const remote = { ufrag: 'theirs', pwd: 'their-password-of-24-chars' };
const trickle: Fragment = { candidates: [], endOfCandidates: true };
const bundle = { media: 'audio', protocol: 'UDP/TLS/RTP/SAVPF', payloadType: 111, mids: ['0'] };

let told: string[];
let session: Session;

const owner: SessionOwner = {
  use: 'publish',
  channel: 'a',
  negotiate: () => {
    throw new Error('not asked here');
  },
  connected: () => told.push('connected'),
  closed: (_session, reason, asked) => told.push(`closed ${reason} ${asked}`),
};

const media: MediaSession = {
  id: 'm',
  restartIce: (local, theirs) => told.push(`restart ${local.ufrag === session.local.ufrag} ${theirs.ufrag}`),
  deafen: (isDeaf) => told.push(`deaf ${isDeaf}`),
  close: (reason) => told.push(`media ${reason}`),
};

function restart(ufrag: string): Fragment {
  return { ...trickle, credentials: { ufrag, pwd: remote.pwd } };
}

beforeEach(() => {
  told = [];
  session = new Session(owner, '192.0.2.1', () => told.push('forgotten'));
  session.establish({ media, remote, bundle, candidates: [] });
});

describe('Session', () => {
  it('takes a trickle with the current tag or any', () => {
    expect(session.patch(trickle, session.entityTag, 0)).toBeUndefined();
    expect(session.patch({ ...trickle, credentials: remote }, '*', 0)).toBeUndefined();
    expect(told).toEqual([]);
  });

  it('takes no PATCH without the current tag', () => {
    expect(() => session.patch(trickle, undefined, 0)).toThrow(EntityTagMissing);
    expect(() => session.patch(trickle, '"old"', 0)).toThrow(EntityTagMismatch);
  });

  it('restarts ICE by other credentials, with new ones of its own and a new tag', () => {
    const { local, entityTag } = session;
    const answer = session.patch(restart('new'), '*', 0);
    expect(answer?.local).not.toEqual(local);
    expect(answer?.bundle).toBe(bundle);
    expect(session.entityTag).not.toBe(entityTag);
    expect(told).toEqual(['restart true new']);
    expect(() => session.patch(trickle, entityTag, 0)).toThrow(EntityTagMismatch);
  });

  it('takes a repeated restart for the trickle that it is by then', () => {
    session.patch(restart('new'), '*', 0);
    expect(session.patch(restart('new'), '*', 10)).toBeUndefined();
  });

  it('restarts once a second', () => {
    session.patch(restart('one'), '*', 0);
    expect(() => session.patch(restart('two'), '*', 999)).toThrow(RestartTooSoon);
    expect(session.patch(restart('two'), '*', 1000)).toBeDefined();
  });

  it('ends once, whoever asks first', () => {
    session.close('client-left', true);
    session.close('ice-timeout');
    session.connect();
    expect(told).toEqual(['forgotten', 'media client-left', 'closed client-left true']);
  });

  it('closes the media of a session that was ended meanwhile', () => {
    const late = new Session(owner, '192.0.2.1', () => undefined);
    late.close('shutdown');
    late.establish({ media, remote, bundle, candidates: [] });
    expect(told).toEqual(['closed shutdown false', 'media client-left']);
  });
});
