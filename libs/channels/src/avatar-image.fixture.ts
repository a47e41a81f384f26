import { crc32, deflateSync } from 'node:zlib';

/** A grey PNG of that size; its pixels are left out when it is large. */
export function png(width: number, height: number): Uint8Array {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head[8] = 8;
  const pixels = width * height > 65_536 ? Buffer.alloc(0) : Buffer.alloc((width + 1) * height);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', deflateSync(pixels)), chunk('IEND')]);
}

/** The head of a JPEG of that size, behind a comment and a table. */
export function jpeg(width: number, height: number): Uint8Array {
  const frame = Buffer.from([0xff, 0xc0, 0, 11, 8, 0, 0, 0, 0, 1, 1, 0x11, 0]);
  frame.writeUInt16BE(height, 5);
  frame.writeUInt16BE(width, 7);
  const before = [0xff, 0xd8, 0xff, 0xfe, 0, 4, 65, 66, 0xff, 0xff, 0xc4, 0, 3, 0];
  return Buffer.concat([Buffer.from(before), frame, Buffer.from([0xff, 0xd9])]);
}

/** Heads of WebP pictures of every kind. */
export const webp = {
  lossy: (width: number, height: number): Uint8Array => {
    const data = Buffer.from([0x10, 0, 0, 0x9d, 0x01, 0x2a, 0, 0, 0, 0]);
    data.writeUInt16LE(width, 6);
    data.writeUInt16LE(height, 8);
    return riff('VP8 ', data);
  },
  lossless: (width: number, height: number): Uint8Array => {
    const data = Buffer.from([0x2f, 0, 0, 0, 0, 0]);
    data.writeUInt32LE((width - 1) | ((height - 1) << 14), 1);
    return riff('VP8L', data);
  },
  extended: (width: number, height: number): Uint8Array => {
    const data = Buffer.alloc(10);
    data.writeUIntLE(width - 1, 4, 3);
    data.writeUIntLE(height - 1, 7, 3);
    return riff('VP8X', data);
  },
};

function riff(type: string, data: Buffer): Uint8Array {
  const size = Buffer.alloc(8);
  size.writeUInt32LE(12 + data.length, 0);
  size.writeUInt32LE(data.length, 4);
  return Buffer.concat([Buffer.from('RIFF'), size.subarray(0, 4), Buffer.from(`WEBP${type}`), size.subarray(4), data]);
}

function chunk(type: string, data: Buffer = Buffer.alloc(0)): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
