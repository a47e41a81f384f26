import { messageHeaderBytes } from './handshake-message.js';
import type { HandshakeMessage } from './handshake-message.js';
import type { DtlsRole } from './handshake-protocol.js';

const messageBytesMax = 16_384;
const messagesAheadMax = 8;

// RFC 5246 7.4, RFC 6347 4.3.2: what either side may send in the clear, given that we offer neither tickets nor stapling.
const typesBySender: Readonly<Record<DtlsRole, readonly number[]>> = {
  client: [1, 11, 15, 16],
  server: [2, 3, 11, 12, 13, 14],
};

interface Assembly {
  readonly type: number;
  readonly bytes: Uint8Array;
  readonly covered: Uint8Array;
  /** Body bytes that have not arrived yet. */
  missing: number;
}

/**
 * Turns handshake fragments, in whatever order and however often they arrive, into whole messages in order, each once
 * (RFC 6347 4.2.2, 4.2.3).
 */
export class MessageAssembly {
  readonly #assemblies = new Map<number, Assembly>();
  readonly #types: readonly number[];
  #next = 0;

  constructor(sender: DtlsRole) {
    this.#types = typesBySender[sender];
  }

  /** Sequence of the message that is delivered next. */
  get next(): number {
    return this.#next;
  }

  /**
   * Takes the body of a plaintext handshake record and delivers what has become complete.
   * Returns whether it repeated the message delivered last, which means that the peer has not got our answer.
   */
  receive(body: Uint8Array, deliver: (message: HandshakeMessage) => void): boolean {
    const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
    let repeated = false;
    for (let offset = 0; offset + messageHeaderBytes <= body.length;) {
      const end = offset + messageHeaderBytes + (view.getUint32(offset + 8) & 0xffffff);
      if (end > body.length) break;
      if (view.getUint16(offset + 4) === this.#next - 1) repeated = true;
      this.#collect(body.subarray(offset, end));
      offset = end;
    }
    this.#deliver(deliver);
    return repeated;
  }

  #collect(fragment: Uint8Array): void {
    const view = new DataView(fragment.buffer, fragment.byteOffset, fragment.byteLength);
    const type = view.getUint8(0);
    const length = view.getUint32(0) & 0xffffff;
    const sequence = view.getUint16(4);
    const start = view.getUint32(5) & 0xffffff;
    const body = fragment.subarray(messageHeaderBytes);
    if (!this.#types.includes(type)) return;
    if (sequence < this.#next || sequence >= this.#next + messagesAheadMax) return;
    if (length > messageBytesMax || start + body.length > length) return;

    let assembly = this.#assemblies.get(sequence);
    if (assembly === undefined) {
      assembly = startAssembly(type, length, sequence);
      this.#assemblies.set(sequence, assembly);
    }
    if (assembly.type !== type || assembly.covered.length !== length) return;
    for (let at = start; at < start + body.length; at += 1) {
      if (assembly.covered[at] === 0) assembly.missing -= 1;
    }
    assembly.covered.fill(1, start, start + body.length);
    assembly.bytes.set(body, messageHeaderBytes + start);
  }

  #deliver(deliver: (message: HandshakeMessage) => void): void {
    let assembly = this.#assemblies.get(this.#next);
    while (assembly !== undefined && assembly.missing === 0) {
      const sequence = this.#next;
      this.#assemblies.delete(sequence);
      this.#next += 1;
      deliver({ type: assembly.type, sequence, bytes: assembly.bytes });
      assembly = this.#assemblies.get(this.#next);
    }
  }
}

function startAssembly(type: number, length: number, sequence: number): Assembly {
  const bytes = new Uint8Array(messageHeaderBytes + length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, length);
  view.setUint8(0, type);
  view.setUint16(4, sequence);
  view.setUint32(8, length);
  return { type, bytes, covered: new Uint8Array(length), missing: length };
}
