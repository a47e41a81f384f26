import { createHmac } from 'node:crypto';

/** The TLS 1.2 pseudorandom function by SHA-256 (RFC 5246 5). */
export function pseudoRandom(secret: Uint8Array, label: string, seed: Uint8Array, lengthBytes: number): Buffer {
  const labelAndSeed = Buffer.concat([Buffer.from(label, 'ascii'), seed]);
  const blocks: Buffer[] = [];
  let link: Buffer = labelAndSeed;
  for (let length = 0; length < lengthBytes; length += 32) {
    link = createHmac('sha256', secret).update(link).digest();
    blocks.push(createHmac('sha256', secret).update(link).update(labelAndSeed).digest());
  }
  return Buffer.concat(blocks, lengthBytes);
}
