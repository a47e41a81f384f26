/** Instructions, nested at will. */
export type WasmCode = number | readonly WasmCode[];

/** A function of numbers that returns nothing. */
export interface WasmFunction {
  readonly name: string;
  /** How many i32 it takes. */
  readonly parameters: number;
  /** How many i32, then how many v128, it has besides. */
  readonly locals: { readonly i32: number; readonly v128: number };
  readonly body: WasmCode;
}

const I32 = 0x7f;
const V128 = 0x7b;
const END = 0x0b;
const MAGIC = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
const EMPTY = 0x40;

/** A number as LEB128 without a sign. */
export function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 0x7f) {
    bytes.push((rest & 0x7f) | 0x80);
    rest >>>= 7;
  }
  return [...bytes, rest];
}

/** A number as LEB128 with a sign. */
export function signed(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest < -64 || rest > 63) {
    bytes.push((rest & 0x7f) | 0x80);
    rest >>= 7;
  }
  return [...bytes, rest & 0x7f];
}

/** Reads a local. */
export const get = (local: number): WasmCode => [0x20, unsigned(local)];
/** Writes a local. */
export const set = (local: number, value: WasmCode): WasmCode => [value, 0x21, unsigned(local)];
/** A constant. */
export const i32 = (value: number): WasmCode => [0x41, signed(value)];
/** Arithmetic of i32. */
export const add = (one: WasmCode, other: WasmCode): WasmCode => [one, other, 0x6a];
/** Difference of i32. */
export const subtract = (one: WasmCode, other: WasmCode): WasmCode => [one, other, 0x6b];
/** Product of i32. */
export const multiply = (one: WasmCode, other: WasmCode): WasmCode => [one, other, 0x6c];
/** Bits moved to the left. */
export const shiftLeft = (value: WasmCode, bits: number): WasmCode => [value, i32(bits), 0x74];
/** Bits moved to the right, zeros following. */
export const shiftRight = (value: WasmCode, bits: number): WasmCode => [value, i32(bits), 0x76];
/** The i32 at an address. */
export const load = (address: WasmCode, offset = 0): WasmCode => [address, 0x28, 2, unsigned(offset)];
/** The byte at an address. */
export const loadByte = (address: WasmCode): WasmCode => [address, 0x2d, 0, 0];
/** Puts a byte at an address. */
export const storeByte = (address: WasmCode, value: WasmCode): WasmCode => [address, value, 0x3a, 0, 0];
/** Copies so many bytes from one address to another. */
export const copyBytes = (to: WasmCode, from: WasmCode, count: WasmCode): WasmCode => [to, from, count, 0xfc, 10, 0, 0];
/** An instruction of SIMD behind what it takes, with what belongs to it. */
export const simd = (opcode: number, operands: WasmCode, ...immediates: number[]): WasmCode => [
  operands,
  0xfd,
  unsigned(opcode),
  immediates,
];
/** Repeats while one i32, taken as unsigned, is less than another. */
export const whileLess = (one: WasmCode, other: WasmCode, body: WasmCode): WasmCode => [
  // block, loop: leave the block unless it is less
  [0x02, EMPTY, 0x03, EMPTY, one, other, 0x4f, 0x0d, 1],
  body,
  [0x0c, 0, END, END],
];

/** A module with these functions that takes its memory as `m.m`. */
export function wasmModule(functions: readonly WasmFunction[]): Uint8Array<ArrayBuffer> {
  const types = functions.map(({ parameters }) => [0x60, vector(Array<number>(parameters).fill(I32)), 0]);
  const imported = [text('m'), text('m'), 0x02, 0, 1];
  const exported = functions.map(({ name }, index) => [text(name), 0, unsigned(index)]);
  const bodies = functions.map(({ locals, body }) => {
    const code = flat([
      vector([
        [unsigned(locals.i32), I32],
        [unsigned(locals.v128), V128],
      ]),
      body,
      END,
    ]);
    return [unsigned(code.length), code];
  });
  return Uint8Array.from([
    ...MAGIC,
    ...section(1, types),
    ...section(2, [imported]),
    ...section(
      3,
      functions.map((_, index) => unsigned(index)),
    ),
    ...section(7, exported),
    ...section(10, bodies),
  ]);
}

function section(id: number, entries: readonly WasmCode[]): number[] {
  const bytes = flat(vector(entries));
  return [id, ...unsigned(bytes.length), ...bytes];
}

function vector(entries: readonly WasmCode[]): WasmCode {
  return [unsigned(entries.length), entries];
}

function text(value: string): WasmCode {
  return vector(Array.from(value, (letter) => letter.charCodeAt(0)));
}

function flat(code: WasmCode): number[] {
  return typeof code === 'number' ? [code] : code.flatMap(flat);
}
