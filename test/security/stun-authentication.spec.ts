import { IceLiteAgent, asciiBytes, writeBindingError, writeBindingRequest, writeBindingSuccess } from '@weir/ice';
import type { BindingRequest } from '@weir/ice';
import { hmacSha1 } from '@weir/srtp';
import { beforeEach, describe, expect, it } from 'vitest';

const local = { ufrag: 'serverfragmt', pwd: 'server-password-0000000001' };
const remote = { ufrag: 'peer', pwd: 'peer-password-000000000001' };
const peer = { address: '203.0.113.5', port: 50_000 };
const attacker = { address: '198.51.100.66', port: 6666 };

const honest: BindingRequest = {
  transactionId: new Uint8Array(12).fill(1),
  username: `${local.ufrag}:${remote.ufrag}`,
  priority: 0x6e0001ff,
  role: 'controlling',
  tieBreaker: new Uint8Array(8).fill(2),
  useCandidate: true,
};

function check(change: Partial<BindingRequest> = {}, pwd = local.pwd): Uint8Array {
  return writeBindingRequest({ ...honest, ...change }, asciiBytes(pwd), hmacSha1);
}

/** Cuts MESSAGE-INTEGRITY and FINGERPRINT off. */
function unsigned(message: Uint8Array): Uint8Array {
  const bare = message.slice(0, -32);
  new DataView(bare.buffer).setUint16(2, bare.length - 20);
  return bare;
}

/** Cuts FINGERPRINT off and adds an attribute behind MESSAGE-INTEGRITY. */
function withAttributeBehindIntegrity(message: Uint8Array, type: number): Uint8Array {
  const longer = new Uint8Array(message.length - 4);
  longer.set(message.subarray(0, -8));
  const view = new DataView(longer.buffer);
  view.setUint16(longer.length - 4, type);
  view.setUint16(2, longer.length - 20);
  return longer;
}

const forgeries: readonly (readonly [string, Uint8Array])[] = [
  ['a nomination without MESSAGE-INTEGRITY', unsigned(check())],
  ['a nomination signed with a wrong password', check({}, 'guessed-password-000000001')],
  ['a nomination signed with the password of the peer', check({}, remote.pwd)],
  ['a nomination signed with an empty password', check({}, '')],
  ['a nomination for another remote fragment', check({ username: `${local.ufrag}:evil` })],
  ['a nomination with the fragments the wrong way round', check({ username: `${remote.ufrag}:${local.ufrag}` })],
  ['a nomination whose user name goes on', check({ username: `${honest.username}x` })],
  ['a nomination with an empty user name', check({ username: '' })],
  ['a success response', writeBindingSuccess(honest.transactionId, '192.0.2.1', 1, asciiBytes(local.pwd), hmacSha1)!],
  ['an error', writeBindingError(honest.transactionId, { code: 487, reason: '' }, asciiBytes(local.pwd), hmacSha1)],
  ['a header alone', unsigned(check()).slice(0, 20)],
];

describe('an ICE-lite session in the presence of an attacker', () => {
  let agent: IceLiteAgent;

  beforeEach(() => {
    agent = new IceLiteAgent(local, remote, hmacSha1);
    const bytes = check();
    agent.receive(bytes, bytes.length, peer.address, peer.port, 0);
  });

  it.each(forgeries)('neither answers nor follows %s', (_name, bytes) => {
    const verdict = agent.receive(bytes, bytes.length, attacker.address, attacker.port, 1000);
    expect(verdict.kind).toBe('ignored');
    expect(agent.selected).toMatchObject(peer);
    expect(agent.isAuthenticated(attacker.address, attacker.port)).toBe(false);
    expect(agent.expired(30_001)).toBe(true);
  });

  it('does not take a nomination that was added behind the signature', () => {
    const bytes = withAttributeBehindIntegrity(check({ useCandidate: false }), 0x0025);
    agent.receive(bytes, bytes.length, attacker.address, attacker.port, 1000);
    expect(agent.selected).toMatchObject(peer);
  });

  it('takes no message of which any signed bit was changed', () => {
    const genuine = check();
    for (let bit = 0; bit < (genuine.length - 8) * 8; bit += 1) {
      const forged = genuine.slice(0, -8);
      new DataView(forged.buffer).setUint16(2, forged.length - 20);
      forged[bit >>> 3]! ^= 1 << (bit & 7);
      expect(agent.receive(forged, forged.length, attacker.address, attacker.port, 1000).kind).toBe('ignored');
    }
    expect(agent.selected).toMatchObject(peer);
  });

  it('calls media from any address foreign that did not prove the password', () => {
    expect(agent.isAuthenticated(peer.address, peer.port)).toBe(true);
    expect(agent.isAuthenticated(attacker.address, peer.port)).toBe(false);
    expect(agent.isAuthenticated(peer.address, attacker.port)).toBe(false);
  });

  it('does not let a flood of forgeries push the peer out or keep a lost session alive', () => {
    const forged = check({}, 'guessed-password-000000001');
    for (let i = 0; i < 1000; i += 1) agent.receive(forged, forged.length, attacker.address, i, i * 40);
    expect(agent.unauthenticated).toBe(1000);
    expect(agent.addresses).toHaveLength(1);
    expect(agent.expired(40_000)).toBe(true);
  });

  it('refuses the credentials of before a restart once the new ones were used', () => {
    const renewed = { ufrag: 'serverfrag02', pwd: 'server-password-0000000002' };
    agent.restart(renewed, remote);
    const next = check({ username: `${renewed.ufrag}:${remote.ufrag}` }, renewed.pwd);
    expect(agent.receive(next, next.length, peer.address, peer.port, 1000).kind).toBe('answered');
    const recorded = check();
    expect(agent.receive(recorded, recorded.length, attacker.address, attacker.port, 2000).kind).toBe('ignored');
    expect(agent.selected).toMatchObject(peer);
  });
});
