import { crc32, deflateSync } from 'node:zlib';
import type { PlainPicture } from './show-picture.js';

/** A PNG of one colour. */
export function plainPng({ colour, size: { width, height } }: PlainPicture): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  // PNG (ISO/IEC 15948) section 11.2.2: eight bits a sample, truecolour.
  head.set([8, 2, 0, 0, 0], 8);
  const row = [0, ...Array.from({ length: width }, () => colour).flat()];
  const rows = Buffer.from(Array.from({ length: height }, () => row).flat());
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const chunks = [chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([signature, ...chunks]);
}

function chunk(type: string, data: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}
