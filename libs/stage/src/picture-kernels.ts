import { COLUMN_BYTES, kernelModule, ROW_BYTES } from './kernel-code.js';
import { chromaLength, createPicture, type Picture, pictureBytes } from './picture.js';
import type { Placement } from './placement.js';
import { halfOf, planesOf, startOf } from './plane.js';
import { ONE, sampleTable } from './plane-scaler.js';
import type { Size } from './scene.js';

interface Memory {
  readonly buffer: ArrayBuffer;
}

declare const WebAssembly: {
  readonly Memory: new (size: { readonly initial: number }) => Memory;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: Readonly<Record<string, unknown>> };
};

type Kernel = (...numbers: readonly number[]) => void;

const PAGE_BYTES = 65_536;
/** What may be read, and is not used, behind the end of a plane. */
const SPARE_BYTES = 64;
const TABLE_BYTES = 1 << 19;
const LEAST_WIDTH = 4;
const MOST_WIDTH = 8192;

/** Draws on a canvas in memory of its own by SIMD of WebAssembly, to the byte as `PicturePainter` does without. */
export class PictureKernels {
  readonly canvas: Picture;
  readonly #memory: Memory;
  readonly #bytes: Uint8Array;
  readonly #scale: Kernel;
  readonly #blend: Kernel;
  readonly #copy: Kernel;
  readonly #sourceAt: number;
  readonly #sourceBytes: number;
  readonly #lineAt: number;
  readonly #tablesAt: number;
  readonly #tables = new Map<string, number>();
  #tablesEnd: number;

  private constructor(size: Size) {
    const canvasBytes = pictureBytes(size);
    this.#sourceBytes = 2 * canvasBytes;
    this.#sourceAt = aligned(canvasBytes + SPARE_BYTES);
    this.#lineAt = aligned(this.#sourceAt + this.#sourceBytes + SPARE_BYTES);
    this.#tablesAt = aligned(this.#lineAt + 2 * MOST_WIDTH + SPARE_BYTES);
    this.#tablesEnd = this.#tablesAt;
    const pages = Math.ceil((this.#tablesAt + TABLE_BYTES) / PAGE_BYTES);
    this.#memory = new WebAssembly.Memory({ initial: pages });
    this.#bytes = new Uint8Array(this.#memory.buffer);
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(kernelModule()), { m: { m: this.#memory } });
    this.#scale = exports['scale'] as Kernel;
    this.#blend = exports['blend'] as Kernel;
    this.#copy = exports['copy'] as Kernel;
    this.canvas = { ...size, data: this.#bytes.subarray(0, canvasBytes) };
    this.canvas.data.set(createPicture(size).data);
  }

  /** Kernels with a black canvas; undefined where there is no SIMD, or not enough memory. */
  static create(canvas: Size): PictureKernels | undefined {
    try {
      return new PictureKernels(canvas);
    } catch {
      return undefined;
    }
  }

  /** Copies part of a picture onto the canvas; false when it has to be done otherwise. */
  copy(canvas: Picture, picture: Picture, { from, to }: Placement): boolean {
    if (canvas !== this.canvas || picture.data.length > this.#sourceBytes) return false;
    this.#bytes.set(picture.data, this.#sourceAt);
    const targets = planesOf(canvas);
    const sources = planesOf(picture);
    for (let index = 0; index < 3; index += 1) {
      const target = targets[index]!;
      const source = sources[index]!;
      const [onto, out] = index === 0 ? [to, from] : [halfOf(to), halfOf(from)];
      const at = this.#sourceAt + startOf(source, out);
      this.#copy(startOf(target, onto), target.stride, onto.width, onto.height, at, source.stride);
    }
    return true;
  }

  /** Scales part of a picture onto the canvas; false when it has to be done otherwise. */
  scale(canvas: Picture, picture: Picture, { from, to }: Placement): boolean {
    if (canvas !== this.canvas || picture.data.length > this.#sourceBytes) return false;
    if (chromaLength(to.width) < LEAST_WIDTH || from.width > MOST_WIDTH) return false;
    this.#bytes.set(picture.data, this.#sourceAt);
    const targets = planesOf(canvas);
    const sources = planesOf(picture);
    for (let index = 0; index < 3; index += 1) {
      const target = targets[index]!;
      const source = sources[index]!;
      const [onto, out] = index === 0 ? [to, from] : [halfOf(to), halfOf(from)];
      const columns = this.#columns(out.width, onto.width);
      const rows = this.#rows(out.height, onto.height);
      if (columns === undefined || rows === undefined) return false;
      this.#scale(
        startOf(target, onto),
        target.stride,
        onto.width,
        onto.height,
        this.#sourceAt + startOf(source, out),
        source.stride,
        out.width,
        columns,
        columns + COLUMN_BYTES * onto.width,
        rows,
        this.#lineAt,
      );
    }
    return true;
  }

  /** Lays part of a picture, by its alpha, over the canvas; false when it has to be done otherwise. */
  blend(canvas: Picture, picture: Picture, { from, to }: Placement): boolean {
    const { data, alpha, width, height } = picture;
    if (canvas !== this.canvas || alpha === undefined) return false;
    const alphaAt = this.#sourceAt + data.length;
    if (data.length + alpha.length > this.#sourceBytes) return false;
    this.#bytes.set(data, this.#sourceAt);
    this.#bytes.set(alpha, alphaAt);
    const targets = planesOf(canvas);
    const sources = planesOf(picture);
    for (let index = 0; index < 3; index += 1) {
      const target = targets[index]!;
      const source = sources[index]!;
      const [onto, out] = index === 0 ? [to, from] : [halfOf(to), halfOf(from)];
      const coverAt = index === 0 ? alphaAt : alphaAt + width * height;
      this.#blend(
        startOf(target, onto),
        target.stride,
        onto.width,
        onto.height,
        this.#sourceAt + startOf(source, out),
        source.stride,
        coverAt + out.y * source.stride + out.x,
        source.stride,
      );
    }
    return true;
  }

  /** Offsets into a line of 16 bits, then the shares of both samples. */
  #columns(from: number, to: number): number | undefined {
    return this.#table(`columns ${from}:${to}`, 2 * COLUMN_BYTES * to, (at) => {
      const { first, share } = sampleTable(from, to);
      const offsets = new Int32Array(this.#memory.buffer, at, to);
      const shares = new Int16Array(this.#memory.buffer, at + COLUMN_BYTES * to, 2 * to);
      for (let index = 0; index < to; index += 1) {
        offsets[index] = 2 * first[index]!;
        shares[2 * index] = ONE - share[index]!;
        shares[2 * index + 1] = share[index]!;
      }
    });
  }

  #rows(from: number, to: number): number | undefined {
    return this.#table(`rows ${from}:${to}`, ROW_BYTES * to, (at) => {
      const { first, second, share } = sampleTable(from, to);
      const rows = new Int32Array(this.#memory.buffer, at, 3 * to);
      for (let index = 0; index < to; index += 1) rows.set([first[index]!, second[index]!, share[index]!], 3 * index);
    });
  }

  #table(key: string, bytes: number, fill: (at: number) => void): number | undefined {
    const known = this.#tables.get(key);
    if (known !== undefined) return known;
    if (this.#tablesEnd + bytes > this.#tablesAt + TABLE_BYTES) {
      // Tables of one drawing are made one after the other: the first may not go while it is used.
      if (this.#tablesEnd === this.#tablesAt) return undefined;
      this.#tables.clear();
      this.#tablesEnd = this.#tablesAt;
      return undefined;
    }
    const at = this.#tablesEnd;
    fill(at);
    this.#tables.set(key, at);
    this.#tablesEnd = aligned(at + bytes);
    return at;
  }
}

function aligned(at: number): number {
  return 16 * Math.ceil(at / 16);
}
