import type { CodecName } from '../track.js';
import { inspectAv1 } from './av1.js';
import { inspectH264 } from './h264.js';
import { inspectH265 } from './h265.js';
import { inspectOpus } from './opus.js';
import type { PayloadInfo } from './payload-info.js';
import { inspectVp8 } from './vp8.js';
import { inspectVp9 } from './vp9.js';

/** Reads what a payload tells into `into`, which is reset first; never throws and never reads outside the payload. */
export function inspectPayload(
  codec: CodecName,
  bytes: Uint8Array,
  offset: number,
  length: number,
  into: PayloadInfo,
): void {
  into.reset();
  if (length <= 0 || offset < 0 || offset + length > bytes.length) return;
  switch (codec) {
    case 'h264':
      return inspectH264(bytes, offset, length, into);
    case 'h265':
      return inspectH265(bytes, offset, length, into);
    case 'vp8':
      return inspectVp8(bytes, offset, length, into);
    case 'vp9':
      return inspectVp9(bytes, offset, length, into);
    case 'av1':
      return inspectAv1(bytes, offset, length, into);
    case 'opus':
      return inspectOpus(bytes, offset, length, into);
  }
}
