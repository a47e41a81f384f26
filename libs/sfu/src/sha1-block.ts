const BLOCK_WORDS = 16;
const OUTER_PAD = 0x5c;
const INITIAL = Int32Array.of(0x67452301, 0xefcdab89 | 0, 0x98badcfe | 0, 0x10325476, 0xc3d2e1f0 | 0);
// the outer pad and the inner hash, in bits
const OUTER_LENGTH_BITS = (64 + 20) * 8;

const block = new Int32Array(BLOCK_WORDS);
const schedule = new Int32Array(80);
const out = new Int32Array(5);

/** State of SHA-1 after the outer pad of an HMAC key of at most 64 bytes (RFC 2104 2). */
export function outerState(key: Uint8Array): Int32Array {
  const pad = new Uint8Array(64).fill(OUTER_PAD);
  for (const [i, byte] of key.entries()) pad[i] = byte ^ OUTER_PAD;
  const view = new DataView(pad.buffer);
  for (let i = 0; i < BLOCK_WORDS; i++) block[i] = view.getInt32(i * 4);
  compress(INITIAL);
  return out.slice();
}

/** Puts the first words of HMAC-SHA1 into `tag`, given the outer state and the inner hash as 20 latin1 characters. */
export function finishHmac(outer: Int32Array, inner: string, tag: Int32Array): void {
  for (let i = 0, at = 0; i < 5; i++, at += 4) {
    block[i] =
      (inner.charCodeAt(at) << 24) |
      (inner.charCodeAt(at + 1) << 16) |
      (inner.charCodeAt(at + 2) << 8) |
      inner.charCodeAt(at + 3);
  }
  block.fill(0, 5);
  block[5] = 0x80000000 | 0;
  block[15] = OUTER_LENGTH_BITS;
  compress(outer);
  for (let i = 0; i < tag.length; i++) tag[i] = out[i]!;
}

/** The compression function (FIPS 180-4 6.1.2) of `block` from `state` into `out`. */
function compress(state: Int32Array): void {
  for (let i = 0; i < BLOCK_WORDS; i++) schedule[i] = block[i]!;
  for (let i = BLOCK_WORDS; i < 80; i++) {
    schedule[i] = rotate(schedule[i - 3]! ^ schedule[i - 8]! ^ schedule[i - 14]! ^ schedule[i - 16]!, 1);
  }
  let [a, b, c, d, e] = [state[0]!, state[1]!, state[2]!, state[3]!, state[4]!];
  for (let i = 0; i < 80; i++) {
    const mixed = i < 20 ? ((b & c) | (~b & d)) + 0x5a827999 : later(i, b, c, d);
    const next = (rotate(a, 5) + mixed + e + schedule[i]!) | 0;
    e = d;
    d = c;
    c = rotate(b, 30);
    b = a;
    a = next;
  }
  out[0] = state[0]! + a;
  out[1] = state[1]! + b;
  out[2] = state[2]! + c;
  out[3] = state[3]! + d;
  out[4] = state[4]! + e;
}

function later(i: number, b: number, c: number, d: number): number {
  if (i < 40) return (b ^ c ^ d) + 0x6ed9eba1;
  if (i < 60) return ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc;
  return (b ^ c ^ d) + 0xca62c1d6;
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
