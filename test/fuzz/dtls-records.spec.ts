import { createCertificate, filterRecords, HandshakeEndpoint, readRecords, writeRecord } from '@weir/dtls';
import { describe, expect, it } from 'vitest';

const inputs = 200_000;

/** xorshift32: the same inputs in every run. */
class Randomness {
  #state = 0x9e3779b9;

  /** An integer of 0 up to but not including `end`. */
  below(end: number): number {
    this.#state ^= this.#state << 13;
    this.#state ^= this.#state >>> 17;
    this.#state ^= this.#state << 5;
    return (this.#state >>> 0) % end;
  }

  bytes(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => this.below(256));
  }
}

/** A datagram of a few plausible records, broken in up to three places or cut short. */
function spoiltDatagram(random: Randomness): Uint8Array {
  const records = Array.from({ length: 1 + random.below(4) }, () =>
    writeRecord({
      type: 18 + random.below(8),
      epoch: random.below(3),
      sequence: random.below(2 ** 31),
      body: random.bytes(random.below(40)),
    }),
  );
  const datagram = Buffer.concat(records);
  for (let count = random.below(4); count > 0; count -= 1) datagram[random.below(datagram.length)] = random.below(256);
  return datagram.subarray(0, random.below(4) === 0 ? random.below(datagram.length + 1) : datagram.length);
}

describe('DTLS records from anywhere', () => {
  it('are filtered without a throw, inside the datagram, and only to what the state wants', () => {
    const random = new Randomness();
    for (let input = 0; input < inputs; input += 1) {
      const datagram = input % 2 === 0 ? spoiltDatagram(random) : random.bytes(random.below(64));
      const connected = random.below(2) === 0;
      const end = datagram.byteOffset + datagram.length;
      for (const record of filterRecords(datagram, connected)) {
        const inside =
          record.body.byteOffset >= datagram.byteOffset && record.body.byteOffset + record.body.length <= end;
        const wanted = connected ? record.epoch === 1 : record.epoch <= 1 && record.type !== 23;
        if (!inside || !wanted) expect.fail(`input ${input}: ${Buffer.from(datagram).toString('hex')}`);
      }
    }
  });

  it('come back as they were written', () => {
    const random = new Randomness();
    for (let input = 0; input < 10_000; input += 1) {
      const record = {
        type: random.below(256),
        epoch: random.below(65_536),
        sequence: random.below(2 ** 16) * 2 ** 32 + random.below(2 ** 32),
        body: random.bytes(random.below(100)),
      };
      const [read] = readRecords(writeRecord(record));
      if (JSON.stringify(read) !== JSON.stringify(record)) expect.fail(`input ${input}`);
    }
  });

  it('never make an endpoint throw before or during a handshake', async () => {
    const certificate = await createCertificate();
    const random = new Randomness();
    const failures: string[] = [];
    for (let round = 0; round < 200; round += 1) {
      const endpoint = new HandshakeEndpoint(
        { role: round % 2 === 0 ? 'server' : 'client', certificate, fingerprints: [certificate.fingerprint] },
        {
          datagram: () => {},
          keys: () => failures.push('keys'),
          failed: () => {},
          closed: () => failures.push('closed'),
        },
      );
      endpoint.start();
      for (let input = 0; input < 20; input += 1) endpoint.receive(handshakeRecord(random));
      await Promise.resolve();
      endpoint.close();
    }
    expect(failures).toEqual([]);
  });
});

/** A plaintext record with one handshake message of a random body. */
function handshakeRecord(random: Randomness): Uint8Array {
  const length = random.below(120);
  const body = Buffer.concat([Buffer.alloc(12), random.bytes(length)]);
  body[0] = [1, 2, 3, 11, 12, 13, 14, 15, 16, 20][random.below(10)] ?? 1;
  body.writeUIntBE(length, 1, 3);
  body.writeUInt16BE(random.below(6), 4);
  body.writeUIntBE(length, 9, 3);
  return writeRecord({ type: 22, epoch: random.below(5) === 0 ? 1 : 0, sequence: random.below(100), body });
}
