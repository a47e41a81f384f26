import { describe, expect, it } from 'vitest';
import { MessageAssembly } from './message-assembly.js';

/** A fragment of a Certificate message. */
function fragment(sequence: number, whole: string, start = 0, end = whole.length, type = 11): Buffer {
  const body = Buffer.from(whole.slice(start, end));
  const bytes = Buffer.concat([Buffer.alloc(12), body]);
  bytes[0] = type;
  bytes.writeUIntBE(whole.length, 1, 3);
  bytes.writeUInt16BE(sequence, 4);
  bytes.writeUIntBE(start, 6, 3);
  bytes.writeUIntBE(body.length, 9, 3);
  return bytes;
}

function receiveAll(...records: readonly Buffer[]): { texts: string[]; repeated: boolean[] } {
  const assembly = new MessageAssembly('client');
  const texts: string[] = [];
  const repeated = records.map((record) =>
    assembly.receive(record, (message) => texts.push(Buffer.from(message.bytes.subarray(12)).toString())),
  );
  return { texts, repeated };
}

describe('MessageAssembly', () => {
  it('joins overlapping fragments in any order', () => {
    const { texts } = receiveAll(fragment(0, 'abcdef', 4, 6), fragment(0, 'abcdef', 0, 3), fragment(0, 'abcdef', 2, 5));
    expect(texts).toEqual(['abcdef']);
  });

  it('delivers in order what overtook its predecessor', () => {
    expect(receiveAll(fragment(1, 'b'), fragment(2, ''), fragment(0, 'a')).texts).toEqual(['a', 'b', '']);
  });

  it('delivers each message once and tells when the last one is repeated', () => {
    const { texts, repeated } = receiveAll(fragment(0, 'a'), fragment(1, 'b'), fragment(0, 'a'), fragment(1, 'b'));
    expect(texts).toEqual(['a', 'b']);
    expect(repeated).toEqual([false, false, false, true]);
  });

  it('takes several messages out of one record', () => {
    expect(receiveAll(Buffer.concat([fragment(0, 'a'), fragment(1, 'b')])).texts).toEqual(['a', 'b']);
  });

  it('ignores what cannot be: a length that changes, a part outside, a message too long or too far ahead', () => {
    const { texts } = receiveAll(
      fragment(0, 'abcd', 0, 2),
      fragment(0, 'abcdef', 2, 6),
      fragment(9, 'z'),
      fragment(1, 'x'.repeat(17_000), 0, 10),
      fragment(0, 'abcd', 2, 4),
    );
    expect(texts).toEqual(['abcd']);
  });

  it('ignores messages that the sender has no business to send', () => {
    expect(receiveAll(fragment(0, 'forged', 0, 6, 2), fragment(0, 'a')).texts).toEqual(['a']);
  });
});
