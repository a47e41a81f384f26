import {
  add,
  copyBytes,
  get,
  i32,
  load,
  loadByte,
  multiply,
  set,
  shiftLeft,
  shiftRight,
  simd,
  storeByte,
  subtract,
  type WasmCode,
  type WasmFunction,
  wasmModule,
  whileLess,
} from './wasm-module.js';

/** Bytes of a column's entry in a table: its place in the line, then the shares of two samples. */
export const COLUMN_BYTES = 4;
/** Bytes of a row's entry: both rows, and the share of the second. */
export const ROW_BYTES = 12;

// WebAssembly core specification, section 5.4.8.
const V = {
  load: 0x00,
  load8x8: 0x02,
  store: 0x0b,
  splat16: 0x10,
  splat32: 0x11,
  xor: 0x51,
  load32Lane: 0x56,
  store32Lane: 0x5a,
  store64Lane: 0x5b,
  narrow16: 0x66,
  narrow32: 0x86,
  extendLow8: 0x89,
  extendHigh8: 0x8a,
  shiftRight16: 0x8d,
  add16: 0x8e,
  subtract16: 0x91,
  multiply16: 0x95,
  shiftRight32: 0xad,
  add32: 0xae,
  dot16: 0xba,
} as const;

const BLOCK = 4;
const WIDE = 16;
const SIGN = 0x8000;
/** What is lost by the sign, and half a bit for rounding. */
const BIAS = SIGN * 256 + 32_768;

const memory = (opcode: number, address: WasmCode, offset = 0): WasmCode => simd(opcode, address, 0, offset);
const put = (address: WasmCode, value: WasmCode, offset = 0): WasmCode => simd(V.store, [address, value], 0, offset);

/**
 * scale(target, targetStride, width, height, source, sourceStride, sourceWidth, offsets, shares, rows, line): for each row the two source rows
 * become one line of 16 bits, in which each sample is then made of two neighbours. Width has to be four or more.
 */
function scaleFunction(): WasmFunction {
  const [target, targetStride, width, height, source, sourceStride, sourceWidth, offsets, shares, rows, line] = [
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
  ];
  const [row, x, upper, lower, below, entry] = [11, 12, 13, 14, 15, 16];
  const [aboveShare, belowShare, one, other, gathered, bias, sign] = [17, 18, 19, 20, 21, 22, 23];
  const blended = (extend: number): WasmCode =>
    simd(V.xor, [
      simd(V.add16, [
        simd(V.multiply16, [simd(extend, get(one!)), get(aboveShare!)]),
        simd(V.multiply16, [simd(extend, get(other!)), get(belowShare!)]),
      ]),
      get(sign!),
    ]);
  const doubled = add(get(line!), shiftLeft(get(x!), 1));
  const vertical = whileLess(get(x!), get(sourceWidth!), [
    set(one!, memory(V.load, add(get(upper!), get(x!)))),
    set(other!, memory(V.load, add(get(lower!), get(x!)))),
    put(doubled, blended(V.extendLow8)),
    put(doubled, blended(V.extendHigh8), WIDE),
    set(x!, add(get(x!), i32(WIDE))),
  ]);
  const lane = (index: number): WasmCode =>
    set(gathered!, simd(V.load32Lane, [add(get(line!), load(get(entry!), 4 * index)), get(gathered!)], 0, 0, index));
  const block: WasmCode = [
    set(entry!, add(get(offsets!), shiftLeft(get(x!), 2))),
    [0, 1, 2, 3].map(lane),
    set(
      gathered!,
      simd(V.add32, [
        simd(V.dot16, [get(gathered!), memory(V.load, add(get(shares!), shiftLeft(get(x!), 2)))]),
        get(bias!),
      ]),
    ),
    set(gathered!, simd(V.shiftRight32, [get(gathered!), i32(16)])),
    set(gathered!, simd(V.narrow32, [get(gathered!), get(gathered!)])),
    set(gathered!, simd(V.narrow16, [get(gathered!), get(gathered!)])),
    simd(V.store32Lane, [add(get(target!), get(x!)), get(gathered!)], 0, 0, 0),
  ];
  const horizontal: WasmCode = [
    whileLess(add(get(x!), i32(BLOCK - 1)), get(width!), [block, set(x!, add(get(x!), i32(BLOCK)))]),
    // The last four again, whichever of them were made already.
    set(x!, subtract(get(width!), i32(BLOCK))),
    block,
  ];
  return {
    name: 'scale',
    parameters: 11,
    locals: { i32: 6, v128: 7 },
    body: [
      set(bias!, simd(V.splat32, i32(BIAS))),
      set(sign!, simd(V.splat16, i32(SIGN))),
      set(row!, i32(0)),
      whileLess(get(row!), get(height!), [
        set(upper!, add(get(source!), multiply(load(get(rows!)), get(sourceStride!)))),
        set(lower!, add(get(source!), multiply(load(get(rows!), 4), get(sourceStride!)))),
        set(below!, load(get(rows!), 8)),
        set(aboveShare!, simd(V.splat16, subtract(i32(256), get(below!)))),
        set(belowShare!, simd(V.splat16, get(below!))),
        set(x!, i32(0)),
        vertical,
        set(x!, i32(0)),
        horizontal,
        set(rows!, add(get(rows!), i32(ROW_BYTES))),
        set(target!, add(get(target!), get(targetStride!))),
        set(row!, add(get(row!), i32(1))),
      ]),
    ],
  };
}

/** blend(target, targetStride, width, height, over, overStride, alpha, alphaStride): eight samples at a time, and the rest one by one. */
function blendFunction(): WasmFunction {
  const [target, targetStride, width, height, over, overStride, alpha, alphaStride] = [0, 1, 2, 3, 4, 5, 6, 7];
  const [row, x, share] = [8, 9, 10];
  const [shares, whole, half] = [11, 12, 13];
  const at = (base: number): WasmCode => add(get(base), get(x!));
  const eight: WasmCode = [
    set(shares!, memory(V.load8x8, at(alpha!))),
    set(shares!, simd(V.add16, [get(shares!), simd(V.shiftRight16, [get(shares!), i32(7)])])),
    set(
      shares!,
      simd(V.add16, [
        simd(V.add16, [
          simd(V.multiply16, [memory(V.load8x8, at(over!)), get(shares!)]),
          simd(V.multiply16, [memory(V.load8x8, at(target!)), simd(V.subtract16, [get(whole!), get(shares!)])]),
        ]),
        get(half!),
      ]),
    ),
    set(shares!, simd(V.shiftRight16, [get(shares!), i32(8)])),
    set(shares!, simd(V.narrow16, [get(shares!), get(shares!)])),
    simd(V.store64Lane, [at(target!), get(shares!)], 0, 0, 0),
  ];
  const single: WasmCode = [
    set(share!, loadByte(at(alpha!))),
    set(share!, add(get(share!), shiftRight(get(share!), 7))),
    storeByte(
      at(target!),
      shiftRight(
        add(
          add(
            multiply(loadByte(at(over!)), get(share!)),
            multiply(loadByte(at(target!)), subtract(i32(256), get(share!))),
          ),
          i32(128),
        ),
        8,
      ),
    ),
  ];
  return {
    name: 'blend',
    parameters: 8,
    locals: { i32: 3, v128: 3 },
    body: [
      set(whole!, simd(V.splat16, i32(256))),
      set(half!, simd(V.splat16, i32(128))),
      set(row!, i32(0)),
      whileLess(get(row!), get(height!), [
        set(x!, i32(0)),
        whileLess(add(get(x!), i32(7)), get(width!), [eight, set(x!, add(get(x!), i32(8)))]),
        whileLess(get(x!), get(width!), [single, set(x!, add(get(x!), i32(1)))]),
        set(target!, add(get(target!), get(targetStride!))),
        set(over!, add(get(over!), get(overStride!))),
        set(alpha!, add(get(alpha!), get(alphaStride!))),
        set(row!, add(get(row!), i32(1))),
      ]),
    ],
  };
}

/** copy(target, targetStride, width, height, source, sourceStride): row by row, without the object for each that plain code needs. */
function copyFunction(): WasmFunction {
  const [target, targetStride, width, height, source, sourceStride, row] = [0, 1, 2, 3, 4, 5, 6];
  return {
    name: 'copy',
    parameters: 6,
    locals: { i32: 1, v128: 0 },
    body: [
      set(row!, i32(0)),
      whileLess(get(row!), get(height!), [
        copyBytes(get(target!), get(source!), get(width!)),
        set(target!, add(get(target!), get(targetStride!))),
        set(source!, add(get(source!), get(sourceStride!))),
        set(row!, add(get(row!), i32(1))),
      ]),
    ],
  };
}

/** The module of the kernels, in the binary format. */
export function kernelModule(): Uint8Array<ArrayBuffer> {
  return wasmModule([scaleFunction(), blendFunction(), copyFunction()]);
}
