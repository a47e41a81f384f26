import { writeUint16, writeUint24, writeUint32 } from './big-endian.js';
import { absoluteSendTime } from './ntp.js';

const FIXED_HEADER_BYTES = 12;

/** What a packet's fixed header says (RFC 3550 section 5.1). */
export interface RtpHeader {
  readonly payloadType: number;
  /** Only the low 16 bits are written. */
  readonly sequenceNumber: number;
  /** Only the low 32 bits are written. */
  readonly timestamp: number;
  readonly ssrc: number;
  /** Default false. */
  readonly marker?: boolean;
}

/** Collects header extensions and writes them in the one-byte form, or the two-byte form when one needs it (RFC 8285). */
export class ExtensionWriter {
  readonly #ids: number[] = [];
  readonly #data: Uint8Array[] = [];
  #dataBytes = 0;
  #twoByte = false;

  /** Bytes that `writeTo` will write: 0 without extensions, otherwise a multiple of 4. */
  get length(): number {
    if (this.#ids.length === 0) return 0;
    const heads = this.#ids.length * (this.#twoByte ? 2 : 1);
    return 4 + Math.ceil((heads + this.#dataBytes) / 4) * 4;
  }

  /** Forgets every extension. */
  reset(): void {
    this.#ids.length = 0;
    this.#data.length = 0;
    this.#dataBytes = 0;
    this.#twoByte = false;
  }

  /** Adds data of at most 255 bytes under an id, 1 to 255; the data is kept, not copied. */
  add(id: number, data: Uint8Array): void {
    if (id < 1 || id > 255 || data.length > 255) throw new RangeError(`header extension ${id} cannot be written`);
    this.#ids.push(id);
    this.#data.push(data);
    this.#dataBytes += data.length;
    if (id > 14 || data.length < 1 || data.length > 16) this.#twoByte = true;
  }

  /** Adds a text of ASCII characters, such as a mid (RFC 9143) or rid (RFC 8852). */
  addText(id: number, text: string): void {
    const data = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i += 1) data[i] = text.charCodeAt(i);
    this.add(id, data);
  }

  /** Adds the time of sending as 6.18 fixed point seconds (abs-send-time). */
  addAbsoluteSendTime(id: number, unixMs: number): void {
    const data = new Uint8Array(3);
    writeUint24(data, 0, absoluteSendTime(unixMs));
    this.add(id, data);
  }

  /** Writes the whole extension block at `offset` and returns its length, a multiple of 4. */
  writeTo(out: Uint8Array, offset: number): number {
    const length = this.length;
    if (length === 0) return 0;
    writeUint16(out, offset, this.#twoByte ? 0x1000 : 0xbede);
    writeUint16(out, offset + 2, length / 4 - 1);
    let at = offset + 4;
    for (const [i, data] of this.#data.entries()) {
      const id = this.#ids[i]!;
      if (this.#twoByte) {
        out[at] = id;
        out[at + 1] = data.length;
        at += 2;
      } else {
        out[at] = (id << 4) | (data.length - 1);
        at += 1;
      }
      out.set(data, at);
      at += data.length;
    }
    out.fill(0, at, offset + length);
    return length;
  }
}

/** Writes a header at the start of `out` and returns its length in bytes; throws RangeError when `out` is too short. */
export function writeRtpHeader(out: Uint8Array, header: RtpHeader, extensions?: ExtensionWriter): number {
  const extensionBytes = extensions?.length ?? 0;
  if (out.length < FIXED_HEADER_BYTES + extensionBytes) throw new RangeError('no room for the RTP header');
  out[0] = 0x80 | (extensionBytes > 0 ? 0x10 : 0);
  out[1] = (header.marker ? 0x80 : 0) | (header.payloadType & 0x7f);
  writeUint16(out, 2, header.sequenceNumber);
  writeUint32(out, 4, header.timestamp);
  writeUint32(out, 8, header.ssrc);
  return FIXED_HEADER_BYTES + (extensions?.writeTo(out, FIXED_HEADER_BYTES) ?? 0);
}
