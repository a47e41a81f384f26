import type { PayloadInfo } from './payload-info.js';

/** Reads an Opus packet's table-of-contents byte (RFC 6716 section 3.1). */
export function inspectOpus(bytes: Uint8Array, offset: number, length: number, into: PayloadInfo): void {
  if (length < 1) return;
  into.frameStart = true;
  into.channels = bytes[offset]! & 0x04 ? 2 : 1;
}
