const table = new Uint32Array(256);
for (let byte = 0; byte < 256; byte += 1) {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit += 1) remainder = remainder & 1 ? (remainder >>> 1) ^ 0xedb88320 : remainder >>> 1;
  table[byte] = remainder;
}

/** CRC-32 of ITU-T V.42, as an unsigned number, over the first `length` bytes. */
export function crc32(bytes: Uint8Array, length: number): number {
  let remainder = 0xffffffff;
  for (let i = 0; i < length; i += 1) remainder = (remainder >>> 8) ^ table[(remainder ^ bytes[i]!) & 0xff]!;
  return (remainder ^ 0xffffffff) >>> 0;
}
