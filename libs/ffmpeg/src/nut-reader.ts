import { NutBytes } from './nut-bytes.js';
import {
  type FrameCode,
  INVALID_CODE,
  NutMalformed,
  type NutMain,
  type NutStream,
  readMainHeader,
  readStreamHeader,
} from './nut-header.js';
import { skipSideData } from './nut-side-data.js';

/** What becomes of the frames of a stream. */
export interface NutReaderOptions {
  /** The largest frame that is taken, bytes. */
  readonly maxFrameBytes: number;
  /** Called for each frame, whose bytes belong to the callee. */
  readonly onFrame: (timeMs: number, data: Uint8Array) => void;
  /** Where the data of a frame of this length goes. Default a new array. */
  readonly allocate?: (length: number) => Uint8Array;
}

const idText = 'nut/multimedia container\0';
const startByte = 0x4e;
const startCodes = { main: '4e4d7a561f5f04ad', stream: '4e5311405bf2f9db', syncpoint: '4e4be4adeeca4569' } as const;
const startCodeBytes = 8;
const maxPacketBytes = 1 << 16;
const longPacketBytes = 4096;
const maxReserved = 16;
// The flags of a frame (NUT specification, `frame_header`).
const [codedPts, streamId, sizeMsb, checksum, reservedFlag, sideData] = [0x8, 0x10, 0x20, 0x40, 0x80, 0x100];
const [headerIndex, matchTime, codedFlags] = [0x400, 0x800, 0x1000];

/**
 * Reads one stream of decoded media out of NUT, in which ffmpeg writes every frame with its time at once; in Matroska each waits for the next.
 * Each byte of a frame is copied once.
 */
export class NutReader {
  readonly #options: NutReaderOptions;
  #rest: Uint8Array = new Uint8Array(0);
  #hasBegun = false;
  #main: NutMain | undefined;
  #stream: NutStream | undefined;
  #lastPts = 0;
  #data: Uint8Array | undefined;
  #filled = 0;
  #timeMs = 0;
  #hasSideData = false;

  constructor(options: NutReaderOptions) {
    this.#options = options;
  }

  /** Takes the next piece; throws `NutMalformed`, after which the reader is of no use. */
  push(chunk: Uint8Array): void {
    let bytes = chunk;
    if (this.#rest.length > 0) {
      bytes = new Uint8Array(this.#rest.length + chunk.length);
      bytes.set(this.#rest);
      bytes.set(chunk, this.#rest.length);
    }
    let at = 0;
    while (at < bytes.length) {
      const next = this.#data === undefined ? this.#readElement(bytes, at) : this.#fill(this.#data, bytes, at);
      if (next === undefined) break;
      at = next;
    }
    this.#rest = Uint8Array.from(bytes.subarray(at));
    if (this.#rest.length > 2 * maxPacketBytes) throw new NutMalformed('A packet does not end.');
  }

  /** Where the next element begins; undefined when this one is not whole yet. */
  #readElement(bytes: Uint8Array, at: number): number | undefined {
    if (!this.#hasBegun) return this.#readId(bytes, at);
    return bytes[at] === startByte ? this.#readPacket(bytes, at) : this.#readFrame(bytes, at);
  }

  #readId(bytes: Uint8Array, at: number): number | undefined {
    if (bytes.length - at < idText.length) return undefined;
    const isNut = Array.from(idText, (letter) => letter.charCodeAt(0)).every(
      (code, index) => bytes[at + index] === code,
    );
    if (!isNut) throw new NutMalformed('It does not begin as NUT does.');
    this.#hasBegun = true;
    return at + idText.length;
  }

  #readPacket(bytes: Uint8Array, at: number): number | undefined {
    const head = new NutBytes(bytes, at, bytes.length);
    const code = Array.from(head.take(startCodeBytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
    const length = head.unsigned();
    if (length > longPacketBytes) head.take(4);
    if (head.isShort) return undefined;
    if (length > maxPacketBytes) throw new NutMalformed(`A packet has ${length} bytes.`);
    const end = head.at + length;
    if (end > bytes.length) return undefined;
    this.#takePacket(code, new NutBytes(bytes, head.at, end), end);
    return end;
  }

  #takePacket(code: string, bytes: NutBytes, end: number): void {
    if (code === startCodes.main) {
      this.#main = readMainHeader(bytes, end);
      return;
    }
    if (code === startCodes.stream) this.#stream = readStreamHeader(bytes, this.#main?.timeBases ?? []);
    if (code === startCodes.syncpoint) this.#syncTime(bytes.unsigned());
  }

  #syncTime(coded: number): void {
    if (this.#main === undefined || this.#stream === undefined) throw new NutMalformed('A syncpoint comes too early.');
    const { timeBases } = this.#main;
    const from = timeBases[coded % timeBases.length];
    const to = this.#stream.timeBase;
    if (from === undefined) throw new NutMalformed('A syncpoint has no time.');
    const ticks = Math.floor(coded / timeBases.length);
    this.#lastPts = Math.floor((ticks * from.numerator * to.denominator) / (from.denominator * to.numerator));
  }

  #readFrame(bytes: Uint8Array, at: number): number | undefined {
    const head = new NutBytes(bytes, at, bytes.length);
    const code = this.#main?.frameCodes[head.byte()];
    if (code === undefined || this.#stream === undefined || (code.flags & INVALID_CODE) !== 0) {
      throw new NutMalformed('There is no frame where one should begin.');
    }
    const flags = (code.flags & codedFlags) === 0 ? code.flags : code.flags ^ head.unsigned();
    this.#hasSideData = (flags & sideData) !== 0;
    if ((flags & streamId) !== 0) head.unsigned();
    const pts = (flags & codedPts) === 0 ? this.#lastPts + code.ptsDelta : this.#ptsOf(head.unsigned(), this.#stream);
    const size = code.sizeRest + ((flags & sizeMsb) === 0 ? 0 : code.sizeFactor * head.unsigned());
    if ((flags & matchTime) !== 0) head.signed();
    const header = (flags & headerIndex) === 0 ? code.header : head.unsigned();
    skipReserved(head, flags, code);
    if ((flags & checksum) !== 0) head.take(4);
    if (head.isShort) return undefined;
    this.#begin(pts, size, header, this.#stream);
    return head.at;
  }

  /** NUT specification, `coded_pts`: the lowest bits, or, from 2^shift on, the whole time. */
  #ptsOf(coded: number, { ptsShift }: NutStream): number {
    const range = 2 ** ptsShift;
    if (coded >= range) return coded - range;
    const lowest = this.#lastPts - Math.floor((range - 1) / 2);
    return lowest + ((((coded - lowest) % range) + range) % range);
  }

  #begin(pts: number, size: number, header: number, { timeBase }: NutStream): void {
    if (!Number.isSafeInteger(pts)) throw new NutMalformed('A time is too large.');
    if (!(size <= this.#options.maxFrameBytes)) throw new NutMalformed(`A frame has ${size} bytes.`);
    const beginning = size > longPacketBytes ? undefined : this.#main?.headers[header];
    if (size <= longPacketBytes && (beginning === undefined || beginning.length > size)) {
      throw new NutMalformed('A frame has no such beginning.');
    }
    this.#lastPts = pts;
    this.#timeMs = (pts * timeBase.numerator * 1000) / timeBase.denominator;
    this.#data = this.#options.allocate?.(size) ?? new Uint8Array(size);
    this.#data.set(beginning ?? []);
    this.#filled = beginning?.length ?? 0;
    if (this.#filled === size) this.#end(this.#data);
  }

  #fill(data: Uint8Array, bytes: Uint8Array, at: number): number {
    const count = Math.min(data.length - this.#filled, bytes.length - at);
    data.set(bytes.subarray(at, at + count), this.#filled);
    this.#filled += count;
    if (this.#filled === data.length) this.#end(data);
    return at + count;
  }

  #end(data: Uint8Array): void {
    this.#data = undefined;
    this.#options.onFrame(this.#timeMs, this.#hasSideData ? withoutSideData(data) : data);
  }
}

function withoutSideData(data: Uint8Array): Uint8Array {
  const bytes = new NutBytes(data, 0, data.length);
  if (!skipSideData(bytes)) throw new NutMalformed('What a frame has beside it is malformed.');
  return data.subarray(bytes.at);
}

function skipReserved(head: NutBytes, flags: number, code: FrameCode): void {
  const count = (flags & reservedFlag) === 0 ? code.reserved : head.unsigned();
  if (count > maxReserved) throw new NutMalformed('A frame has too many reserved fields.');
  for (let index = 0; index < count; index += 1) head.unsigned();
}
