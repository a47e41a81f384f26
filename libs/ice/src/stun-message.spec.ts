import { createHmac } from 'node:crypto';
import { Message, classes, methods, parseMessage } from 'werift';
import { describe, expect, it } from 'vitest';
import { asciiBytes } from './ascii.js';
import { writeUint16 } from './byte-order.js';
import type { HmacSha1 } from './stun-format.js';
import { StunAttribute, StunType } from './stun-format.js';
import type { BindingRequest } from './stun-message.js';
import { writeBindingError, writeBindingRequest, writeBindingSuccess } from './stun-message.js';
import { StunView } from './stun-view.js';
import { StunWriter } from './stun-writer.js';

const hmac: HmacSha1 = (key, data) => createHmac('sha1', key).update(data).digest();
const key = asciiBytes('a-password-of-22-chars');
const id = Uint8Array.from({ length: 12 }, (_, i) => i + 1);
const request: BindingRequest = {
  transactionId: id,
  username: 'local:remote',
  priority: 0x6e0001ff,
  role: 'controlling',
  tieBreaker: new Uint8Array(8).fill(5),
  useCandidate: true,
};

function read(bytes: Uint8Array): StunView | undefined {
  const view = new StunView();
  return view.read(bytes, bytes.length) ? view : undefined;
}

describe('STUN messages', () => {
  it('reads back the request it writes', () => {
    const view = read(writeBindingRequest(request, key, hmac))!;
    expect(view.type).toBe(StunType.bindingRequest);
    expect(view.localFragment()).toBe('local');
    expect(view.priority).toBe(request.priority);
    expect(view.role).toBe('controlling');
    expect(view.useCandidate).toBe(true);
    expect(view.isTransaction(id)).toBe(true);
    expect(view.transactionId()).toEqual(id);
    expect(view.isAuthentic(key, hmac)).toBe(true);
  });

  it('reads back errors, signed and unsigned, with unknown attributes', () => {
    const error = { code: 420, reason: 'Unknown Attribute', unknownAttributes: [0x7001, 0x7002, 0x7003] };
    const signed = read(writeBindingError(id, error, key, hmac))!;
    expect([signed.type, signed.errorCode, signed.isAuthentic(key, hmac)]).toEqual([0x0111, 420, true]);
    const unsigned = read(writeBindingError(id, { code: 401, reason: 'Unauthenticated' }, undefined, hmac))!;
    expect([unsigned.errorCode, unsigned.integrityOffset, unsigned.hasFingerprint]).toEqual([401, -1, true]);
  });

  it('writes no success for what is not an address', () => {
    expect(writeBindingSuccess(id, 'localhost', 1, key, hmac)).toBeUndefined();
  });

  it('writes requests and responses that werift reads and proves', () => {
    const theirs = parseMessage(Buffer.from(writeBindingRequest(request, key, hmac)), Buffer.from(key))!;
    expect(theirs.getAttributeValue('USERNAME')).toBe('local:remote');
    expect(theirs.attributesKeys).toContain('USE-CANDIDATE');
    const success = Buffer.from(writeBindingSuccess(id, '2001:db8::7', 4000, key, hmac)!);
    expect(parseMessage(success, Buffer.from(key))!.getAttributeValue('XOR-MAPPED-ADDRESS')).toEqual([
      '2001:db8::7',
      4000,
    ]);
  });

  it('reads and proves what werift writes', () => {
    const theirs = new Message(methods.BINDING, classes.REQUEST);
    theirs.setAttribute('USERNAME', 'abc:def');
    theirs.setAttribute('PRIORITY', 77);
    theirs.setAttribute('ICE-CONTROLLING', 12345n);
    theirs.setAttribute('USE-CANDIDATE', null);
    theirs.addMessageIntegrity(Buffer.from(key)).addFingerprint();
    const view = read(theirs.bytes)!;
    expect(view.type).toBe(StunType.bindingRequest);
    expect(view.hasUsername(asciiBytes('abc:def'))).toBe(true);
    expect([view.priority, view.role, view.useCandidate, view.hasFingerprint]).toEqual([77, 'controlling', true, true]);
    expect(view.isAuthentic(key, hmac)).toBe(true);
  });
});

describe('StunView', () => {
  it('refuses every truncation and every wrong fingerprint', () => {
    const bytes = writeBindingRequest(request, key, hmac);
    for (let length = 0; length < bytes.length; length += 1) {
      expect(new StunView().read(bytes, length)).toBe(false);
    }
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = bytes.slice();
      changed[bit >>> 3]! ^= 1 << (bit & 7);
      const view = read(changed);
      if (view !== undefined && view.hasFingerprint) expect.unreachable(`bit ${bit} went unnoticed`);
    }
  });

  it('refuses an attribute behind FINGERPRINT', () => {
    const bytes = new Uint8Array([...writeBindingRequest(request, key, hmac), 0x80, 0x22, 0, 0]);
    writeUint16(bytes, 2, bytes.length - 20);
    expect(read(bytes)).toBeUndefined();
  });

  it('ignores what follows MESSAGE-INTEGRITY, such as an injected USE-CANDIDATE', () => {
    const signed = writeBindingRequest({ ...request, useCandidate: false }, key, hmac);
    const withoutFingerprint = signed.slice(0, -8);
    const bytes = new Uint8Array([...withoutFingerprint, 0, StunAttribute.useCandidate, 0, 0]);
    writeUint16(bytes, 2, bytes.length - 20);
    const view = read(bytes)!;
    expect(view.isAuthentic(key, hmac)).toBe(true);
    expect(view.useCandidate).toBe(false);
  });

  it('takes the first of two attributes of a kind', () => {
    const writer = new StunWriter(StunType.bindingRequest, id);
    writer.bytes(StunAttribute.username, asciiBytes('first:a'));
    writer.bytes(StunAttribute.username, asciiBytes('second:b'));
    expect(read(writer.sign(key, hmac))!.localFragment()).toBe('first');
  });

  it('names unknown attributes that must be understood, at most 8', () => {
    const writer = new StunWriter(StunType.bindingRequest, id);
    for (let type = 0x7000; type < 0x7010; type += 1) writer.flag(type);
    writer.flag(0xc057);
    expect(read(writer.finish())!.unknownRequired).toEqual(Array.from({ length: 8 }, (_, i) => 0x7000 + i));
  });

  it('knows no local fragment without USERNAME or without a colon in it', () => {
    expect(read(new StunWriter(StunType.bindingRequest, id).finish())!.localFragment()).toBe('');
    const writer = new StunWriter(StunType.bindingRequest, id);
    writer.bytes(StunAttribute.username, asciiBytes('nocolon1'));
    writer.bytes(StunAttribute.realm, asciiBytes('a:b:'));
    expect(read(writer.finish())!.localFragment()).toBe('');
  });

  it('reads from a larger receive buffer and forgets the message before', () => {
    const view = new StunView();
    const bytes = writeBindingRequest(request, key, hmac);
    const buffer = new Uint8Array(1500).fill(0xff);
    buffer.set(bytes);
    expect(view.read(buffer, bytes.length)).toBe(true);
    const plain = new StunWriter(StunType.bindingRequest, id).finish();
    buffer.set(plain);
    expect(view.read(buffer, plain.length)).toBe(true);
    expect([view.usernameOffset, view.integrityOffset, view.priority, view.useCandidate]).toEqual([-1, -1, -1, false]);
    expect([view.role, view.mappedAddress(), view.isAuthentic(key, hmac)]).toEqual([undefined, undefined, false]);
  });
});
