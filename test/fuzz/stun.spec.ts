import { createHmac } from 'node:crypto';
import {
  IceLiteAgent,
  StunView,
  asciiBytes,
  crc32,
  formatCandidate,
  formatIpAddress,
  parseCandidate,
  parseIpAddress,
  writeBindingError,
  writeBindingRequest,
  writeBindingSuccess,
} from '@weir/ice';
import type { HmacSha1 } from '@weir/ice';
import { describe, expect, it } from 'vitest';

const inputs = 200_000;
const hmac: HmacSha1 = (key, data) => createHmac('sha1', key).update(data).digest();
// stands in where the verdict does not depend on the digest, so that the inputs, not SHA-1, take the time
const cheapHmac: HmacSha1 = () => new Uint8Array(20).fill(0xa5);
const local = { ufrag: 'serverfragmt', pwd: 'server-password-0000000001' };
const remote = { ufrag: 'peer', pwd: 'peer-password-000000000001' };
const key = asciiBytes(local.pwd);
const id = Uint8Array.from({ length: 12 }, (_, i) => i * 11);

/** xorshift32: the same inputs in every run. */
class Randomness {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** An integer of 0 up to but not including `end`. */
  below(end: number): number {
    this.#state ^= this.#state << 13;
    this.#state ^= this.#state >>> 17;
    this.#state ^= this.#state << 5;
    return (this.#state >>> 0) % end;
  }
}

function request(useCandidate: boolean, sign: HmacSha1): Uint8Array {
  const username = `${local.ufrag}:${remote.ufrag}`;
  const tieBreaker = new Uint8Array(8);
  return writeBindingRequest(
    { transactionId: id, username, priority: 1, role: 'controlling', tieBreaker, useCandidate },
    key,
    sign,
  );
}

const error = { code: 420, reason: 'Unknown Attribute', unknownAttributes: [1, 2, 3] };
const valid = [
  request(true, hmac),
  request(false, hmac),
  writeBindingSuccess(id, '192.0.2.1', 4000, key, hmac)!,
  writeBindingSuccess(id, '2001:db8::1', 4000, key, hmac)!,
  writeBindingError(id, error, key, hmac),
];

/** Overwrites the FINGERPRINT at the end so that a changed message still gets past it. */
function repairFingerprint(buffer: Uint8Array, length: number): void {
  const value = (crc32(buffer, length - 8) ^ 0x5354554e) >>> 0;
  new DataView(buffer.buffer).setUint32(length - 4, value);
}

/** Puts a valid message with a few changes into the buffer, or noise with a valid header; returns its length. */
function spoil(random: Randomness, buffer: Uint8Array): number {
  const message = valid[random.below(valid.length)]!;
  buffer.set(message);
  if (random.below(8) === 0) {
    const length = 20 + random.below(60) * 4;
    for (let i = 20; i < length; i += 1) buffer[i] = random.below(4) === 0 ? random.below(256) : 0;
    new DataView(buffer.buffer).setUint16(2, length - 20);
    return length;
  }
  for (let count = random.below(5); count > 0; count -= 1) buffer[random.below(message.length)] = random.below(256);
  if (random.below(2) === 0) repairFingerprint(buffer, message.length);
  return random.below(4) === 0 ? random.below(message.length + 1) : message.length;
}

describe('STUN from anywhere', () => {
  it('is read without a throw and never beyond the message', () => {
    const random = new Randomness(0x1badf00d);
    const view = new StunView();
    const buffer = new Uint8Array(512);
    let read = 0;
    for (let i = 0; i < inputs; i += 1) {
      const length = spoil(random, buffer);
      if (!view.read(buffer, length)) continue;
      read += 1;
      view.mappedAddress();
      view.localFragment();
      view.hasUsername(key);
      view.isAuthentic(key, cheapHmac);
      const isInside =
        view.usernameOffset + view.usernameLength <= length &&
        view.integrityOffset + 24 <= Math.max(24, length) &&
        view.unknownRequired.length <= 8;
      if (!isInside) expect.unreachable(`input ${i} was read beyond its end`);
    }
    expect(read).toBeGreaterThan(inputs / 20);
  });

  it('is never taken for an authenticated check unless the signed part is a genuine one', () => {
    const random = new Randomness(0x5eed1234);
    const agent = new IceLiteAgent(local, remote, hmac);
    const buffer = new Uint8Array(512);
    const verdicts = { ignored: 0, answered: 0 };
    for (let i = 0; i < inputs; i += 1) {
      const length = spoil(random, buffer);
      const verdict = agent.receive(buffer, length, '192.0.2.7', random.below(65536), i);
      verdicts[verdict.kind] += 1;
      if (verdict.kind === 'answered' && !isGenuine(buffer)) expect.unreachable(`input ${i} was a forgery`);
    }
    expect(verdicts.answered).toBeGreaterThan(0);
    expect(verdicts.ignored).toBeGreaterThan(verdicts.answered);
    expect(agent.addresses.length).toBeLessThanOrEqual(8);
  });

  it('leaves an agent within its bounds when every signature fits', () => {
    const random = new Randomness(0x0ddba115);
    const agent = new IceLiteAgent(local, remote, cheapHmac);
    const checks = [request(true, cheapHmac), request(false, cheapHmac)];
    const buffer = new Uint8Array(512);
    for (let i = 0; i < inputs; i += 1) {
      const message = checks[random.below(2)]!;
      buffer.set(message);
      if (random.below(2) === 0) buffer[20 + random.below(message.length - 20)] = random.below(256);
      repairFingerprint(buffer, message.length);
      if (random.below(1000) === 0) agent.restart(local, remote);
      const verdict = agent.receive(buffer, message.length, '2001:db8::1', random.below(12), i);
      const { selected } = agent;
      if (verdict.kind === 'ignored' || selected === undefined) continue;
      if (!agent.isAuthenticated(selected.address, selected.port)) expect.unreachable('selected a forgotten address');
      if (agent.addresses.length > 8) expect.unreachable('kept too many addresses');
    }
    expect(agent.addresses).toHaveLength(8);
  });
});

/** Whether all that MESSAGE-INTEGRITY covers is as it was written. */
function isGenuine(buffer: Uint8Array): boolean {
  return valid.slice(0, 2).some((message) => {
    const signedLength = message.length - 8;
    return (
      message.subarray(0, 2).every((byte, i) => byte === buffer[i]) && rangeEquals(message, buffer, 4, signedLength)
    );
  });
}

function rangeEquals(a: Uint8Array, b: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i += 1) {
    if (a[i] !== b[i]) return false;
  }
  return true;
}

describe('candidate lines and addresses from anywhere', () => {
  it('are read without a throw, and what is read is written and read again as the same', () => {
    const random = new Randomness(0xc0ffee);
    const line = 'a=candidate:842163049 1 udp 1677729535 2001:db8::7:1 46154 typ srflx raddr 10.0.0.1 rport 9';
    const alphabet = ' :.%-0123456789abcdefxyz=\r\n\u0000é';
    let read = 0;
    for (let i = 0; i < inputs; i += 1) {
      const characters = line.split('');
      for (let count = random.below(4); count > 0; count -= 1) {
        characters[random.below(characters.length)] = alphabet[random.below(alphabet.length)]!;
      }
      const candidate = parseCandidate(
        characters.join('').slice(0, random.below(8) === 0 ? random.below(90) : undefined),
      );
      if (candidate === undefined) continue;
      read += 1;
      const again = parseCandidate(formatCandidate(candidate));
      if (JSON.stringify(again) !== JSON.stringify(candidate)) expect.unreachable(`${characters.join('')} changed`);
      const bytes = parseIpAddress(candidate.address);
      if (bytes === undefined) continue;
      const text = formatIpAddress(bytes);
      if (formatIpAddress(parseIpAddress(text)!) !== text) expect.unreachable(`${text} changed`);
    }
    expect(read).toBeGreaterThan(inputs / 20);
  });
});
