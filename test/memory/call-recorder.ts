import type { NativeFunctions } from '@weir/native';
import { type KnownMemory, MemoryTable } from './memory-table.js';

const LONGEST_MS = 30_000;

/** One native call with its raw arguments. */
export interface NativeCall {
  readonly name: keyof NativeFunctions;
  readonly args: readonly number[];
}

/** Is told of everything in the order in which it happens. */
export interface CallListener {
  /** The address of a memory was asked for, for the first time. */
  memory(memory: KnownMemory): void;
  /** A call is about to be made. */
  before(call: NativeCall): void;
  /** It was made and gave `result`. */
  after(call: NativeCall, result: number): void;
  /** Nobody holds a memory any more. */
  released(memory: KnownMemory): void;
}

/** Stands between whoever makes native calls and the system. */
export class CallRecorder {
  readonly memories = new MemoryTable();
  /** To be given to what makes the calls. */
  readonly native: NativeFunctions;
  readonly #listener: CallListener;
  #errno = 0;

  constructor(real: NativeFunctions, listenTo: (memories: MemoryTable) => CallListener) {
    this.#listener = listenTo(this.memories);
    const names = Object.keys(real) as (keyof NativeFunctions)[];
    const wrapped = names.map((name) => [name, this.#wrap(real, name)] as const);
    this.native = {
      ...(Object.fromEntries(wrapped) as Omit<NativeFunctions, 'addressOf'>),
      errno: () => this.#errno,
      addressOf: (view) => {
        const base = real.addressOf(view);
        const memory = this.memories.add(view, base);
        if (memory !== undefined) this.#listener.memory(memory);
        return base;
      },
    };
  }

  /** Collects garbage and tells which memories went with it; needs `--expose-gc`. */
  async collect(): Promise<void> {
    // Weak references that were followed in this turn hold on until it is over.
    await new Promise((resolve) => setImmediate(resolve));
    globalThis.gc!();
    for (const memory of this.memories.sweep()) this.#listener.released(memory);
  }

  /**
   * Collects until nobody holds a memory any more, or has not let go for long. Machine code that is just being made on another thread may hold
   * what it is made for, until that is done.
   */
  async collectAll(): Promise<void> {
    const deadline = performance.now() + LONGEST_MS;
    do await this.collect();
    while (this.memories.held.length > 0 && performance.now() < deadline);
  }

  #wrap(real: NativeFunctions, name: keyof NativeFunctions): (...args: number[]) => number {
    const call = real[name] as (...args: number[]) => number;
    return (...args) => {
      this.#listener.before({ name, args });
      const result = call(...args);
      this.#errno = real.errno();
      this.#listener.after({ name, args }, result);
      return result;
    };
  }
}
