/** Content types of DTLS records (RFC 6347 4.1). */
export const ContentType = { changeCipherSpec: 20, alert: 21, handshake: 22, applicationData: 23 } as const;

/** One DTLS 1.2 record; `body` is a view into the datagram. */
export interface DtlsRecord {
  readonly type: number;
  /** 0 in the clear, 1 under the negotiated keys. */
  readonly epoch: number;
  /** 48 bits, counted anew in each epoch. */
  readonly sequence: number;
  readonly body: Uint8Array;
}

const headerBytes = 13;
// RFC 6347 4.1: every version of DTLS before 1.3 is 254 point something; a first ClientHello may say 1.0.
const versionMajor = 254;
const versionMinor = 253;
// RFC 5246 6.2.3: a ciphertext must not be longer.
const bodyBytesMax = 2 ** 14 + 2048;
const recordsMax = 32;

/** The records of a datagram up to the first one that is not well-formed, at most 32. */
export function readRecords(datagram: Uint8Array): DtlsRecord[] {
  const records: DtlsRecord[] = [];
  const view = new DataView(datagram.buffer, datagram.byteOffset, datagram.byteLength);
  let offset = 0;
  while (offset + headerBytes <= datagram.length && records.length < recordsMax) {
    const start = offset + headerBytes;
    const length = view.getUint16(offset + 11);
    if (view.getUint8(offset + 1) !== versionMajor || length > bodyBytesMax) break;
    if (start + length > datagram.length) break;
    records.push({
      type: view.getUint8(offset),
      epoch: view.getUint16(offset + 3),
      sequence: view.getUint16(offset + 5) * 2 ** 32 + view.getUint32(offset + 7),
      body: datagram.subarray(start, start + length),
    });
    offset = start + length;
  }
  return records;
}

/** The bytes of one DTLS 1.2 record, in a buffer of its own. */
export function writeRecord(record: DtlsRecord): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(headerBytes + record.body.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, record.type);
  view.setUint8(1, versionMajor);
  view.setUint8(2, versionMinor);
  view.setUint16(3, record.epoch);
  view.setUint16(5, Math.floor(record.sequence / 2 ** 32));
  view.setUint32(7, record.sequence % 2 ** 32);
  view.setUint16(11, record.body.length);
  bytes.set(record.body, headerBytes);
  return bytes;
}
