import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { DtlsRole } from './handshake-protocol.js';
import { pseudoRandom } from './prf.js';
import type { DtlsRecord } from './record.js';

const keyBytes = 16;
const saltBytes = 4;
const explicitNonceBytes = 8;
const tagBytes = 16;
const suite = 'aes-128-gcm';

interface DirectionKeys {
  readonly key: Uint8Array;
  readonly salt: Uint8Array;
}

/** What a handshake agreed on, from which record keys are derived. */
export interface HandshakeSecrets {
  readonly masterSecret: Uint8Array;
  /** 32 bytes. */
  readonly clientRandom: Uint8Array;
  /** 32 bytes. */
  readonly serverRandom: Uint8Array;
}

/** Protects and opens the records of epoch 1 by AES-128-GCM (RFC 5288 3, RFC 6347 4.1.2). */
export class RecordCipher {
  readonly #local: DirectionKeys;
  readonly #remote: DirectionKeys;

  constructor(role: DtlsRole, { masterSecret, clientRandom, serverRandom }: HandshakeSecrets) {
    const seed = Buffer.concat([serverRandom, clientRandom]);
    const block = pseudoRandom(masterSecret, 'key expansion', seed, 2 * (keyBytes + saltBytes));
    const salts = block.subarray(2 * keyBytes);
    const client = { key: block.subarray(0, keyBytes), salt: salts.subarray(0, saltBytes) };
    const server = { key: block.subarray(keyBytes, 2 * keyBytes), salt: salts.subarray(saltBytes) };
    this.#local = role === 'client' ? client : server;
    this.#remote = role === 'client' ? server : client;
  }

  /** The protected record of a plaintext; a sequence must never be used for two plaintexts. */
  seal(type: number, sequence: number, plaintext: Uint8Array): DtlsRecord {
    const { key, salt } = this.#local;
    const explicitNonce = sequenceInEpoch(sequence);
    const cipher = createCipheriv(suite, key, Buffer.concat([salt, explicitNonce]));
    cipher.setAAD(additionalData(explicitNonce, type, plaintext.length));
    const ciphertext = cipher.update(plaintext);
    cipher.final();
    return { type, epoch: 1, sequence, body: Buffer.concat([explicitNonce, ciphertext, cipher.getAuthTag()]) };
  }

  /** The plaintext of a protected record; undefined when it was not written by the peer. */
  open(record: DtlsRecord): Buffer | undefined {
    const { key, salt } = this.#remote;
    const length = record.body.length - explicitNonceBytes - tagBytes;
    if (length < 0) return undefined;
    const explicitNonce = record.body.subarray(0, explicitNonceBytes);
    const decipher = createDecipheriv(suite, key, Buffer.concat([salt, explicitNonce]), { authTagLength: tagBytes });
    decipher.setAAD(additionalData(sequenceInEpoch(record.sequence), record.type, length));
    decipher.setAuthTag(record.body.subarray(record.body.length - tagBytes));
    const plaintext = decipher.update(record.body.subarray(explicitNonceBytes, explicitNonceBytes + length));
    try {
      decipher.final();
    } catch {
      return undefined;
    }
    return plaintext;
  }
}

function sequenceInEpoch(sequence: number): Buffer {
  const bytes = Buffer.alloc(explicitNonceBytes);
  bytes.writeUInt16BE(1, 0);
  bytes.writeUIntBE(sequence, 2, 6);
  return bytes;
}

// RFC 5246 6.2.3.3: sequence, type, version, length of the plaintext.
function additionalData(epochAndSequence: Uint8Array, type: number, length: number): Buffer {
  return Buffer.from([...epochAndSequence, type, 254, 253, length >> 8, length & 255]);
}
