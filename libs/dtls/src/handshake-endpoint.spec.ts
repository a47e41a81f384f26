import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { joinEndpoints } from './endpoint-pair.fixture.js';
import type { Carry, EndpointPair } from './endpoint-pair.fixture.js';
import { ContentType, readRecords, writeRecord } from './record.js';

async function finish(pair: EndpointPair): Promise<void> {
  pair.start();
  const [client, server] = await Promise.all([pair.client.keys, pair.server.keys]);
  expect(client.localKey).toEqual(server.remoteKey);
  expect(client.localSalt).toEqual(server.remoteSalt);
  expect(client.remoteKey).toEqual(server.localKey);
  expect(client.remoteSalt).toEqual(server.localSalt);
  expect(client.profile).toBe(server.profile);
}

const asSent: Carry = (_from, datagram) => [datagram];
/** From now on nothing is repeated or given up, unless the test lets time pass. */
function stopTime(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
}

afterEach(() => void vi.useRealTimers());

describe('HandshakeEndpoint', () => {
  it('gives both sides the same keys for the best profile', async () => {
    const pair = await joinEndpoints();
    await finish(pair);
    const { profile, localKey, localSalt } = await pair.client.keys;
    expect([profile, localKey.length, localSalt.length]).toEqual([7, 16, 12]);
    pair.close();
  });

  it('agrees on AES-CM when the client offers nothing else', async () => {
    const pair = await joinEndpoints({ clientProfiles: [1] });
    await finish(pair);
    const { profile, localKey, localSalt } = await pair.client.keys;
    expect([profile, localKey.length, localSalt.length]).toEqual([1, 16, 14]);
    pair.close();
  });

  it.each([
    ['client', 0],
    ['client', 1],
    ['client', 2],
    ['server', 0],
    ['server', 1],
    ['server', 2],
  ] as const)('recovers from the loss of datagram %s %i', async (loser, lost) => {
    const pair = await joinEndpoints({
      carry: (from, datagram, number) => (from === loser && number === lost ? [] : [datagram]),
    });
    await finish(pair);
    pair.close();
  });

  it.each([0, 1, 2, 3, 4])('recovers from the loss of record %i of the flight with the certificates', async (lost) => {
    const dropped = new Set<string>();
    const pair = await joinEndpoints({
      carry: (from, datagram) => {
        const records = readRecords(datagram);
        if (records.length < 3 || dropped.has(from)) return [datagram];
        dropped.add(from);
        return records.filter((_, index) => index !== lost).map(writeRecord);
      },
    });
    await finish(pair);
    expect(dropped).toEqual(new Set(['client', 'server']));
    pair.close();
  });

  it('needs no retransmission when every record arrives alone and backwards', async () => {
    stopTime();
    const backwards: Carry = (_from, datagram) => readRecords(datagram).map(writeRecord).reverse();
    const plain = await joinEndpoints({ carry: asSent });
    await finish(plain);
    const pair = await joinEndpoints({ carry: backwards });
    await finish(pair);
    expect([pair.client.sent, pair.server.sent]).toEqual([plain.client.sent, plain.server.sent]);
    plain.close();
    pair.close();
  });

  it('takes every datagram twice', async () => {
    const pair = await joinEndpoints({ carry: (_from, datagram) => [datagram, datagram] });
    await finish(pair);
    pair.close();
  });

  it('survives the first hello arriving again after the second', async () => {
    let first: Uint8Array | undefined;
    const pair = await joinEndpoints({
      carry: (from, datagram) => {
        if (from === 'server') return [datagram];
        first ??= datagram;
        return [datagram, first];
      },
    });
    await finish(pair);
    pair.close();
  });

  it('reassembles fragments that arrive backwards', async () => {
    const pair = await joinEndpoints({ carry: (_from, datagram) => fragments(datagram).reverse() });
    await finish(pair);
    pair.close();
  });

  it('never sends two records of one sequence in an epoch', async () => {
    const seen = new Set<string>();
    let repeated = 0;
    const pair = await joinEndpoints({
      carry: (from, datagram, number) => {
        for (const { epoch, sequence } of readRecords(datagram)) {
          const id = `${from} ${epoch} ${sequence}`;
          if (seen.has(id)) repeated += 1;
          seen.add(id);
        }
        return number === 2 ? [] : [datagram];
      },
    });
    await finish(pair);
    pair.close();
    expect(repeated).toBe(0);
  });

  it('fails on a client whose certificate was not announced', async () => {
    const other = '00:'.repeat(31) + '00';
    const pair = await joinEndpoints({ clientFingerprints: [{ algorithm: 'sha-256', value: other }] });
    pair.start();
    expect(await pair.server.failed).toBe('certificate is not the announced one');
    pair.close();
  });

  it('fails on a server whose certificate was not announced', async () => {
    const other = '00:'.repeat(31) + '00';
    const pair = await joinEndpoints({ serverFingerprints: [{ algorithm: 'sha-256', value: other }] });
    pair.start();
    expect(await pair.client.failed).toBe('certificate is not the announced one');
    pair.close();
  });

  it('fails when nobody answers in time', async () => {
    const pair = await joinEndpoints({ carry: () => [], timeoutMs: 20 });
    pair.start();
    expect(await pair.client.failed).toBe('timeout');
    pair.close();
  });

  it('names the alert of a peer that gave up', async () => {
    const body = Uint8Array.of(2, 42);
    const alert = writeRecord({ type: ContentType.alert, epoch: 0, sequence: 9, body });
    stopTime();
    const pair = await joinEndpoints({ carry: () => [alert], timeoutMs: 50 });
    pair.start();
    await turn();
    vi.advanceTimersByTime(50);
    expect(await pair.server.failed).toBe('timeout after alert 42 of the peer');
    pair.close();
  });

  it('tells of the goodbye of its peer, and only once', async () => {
    const pair = await joinEndpoints();
    await finish(pair);
    pair.client.endpoint.close();
    await pair.server.closed;
    pair.client.endpoint.close();
    pair.server.endpoint.close();
    expect(pair.server.sent).toBeGreaterThan(0);
  });

  it('answers a repeated Finished after it is connected', async () => {
    const finished: Uint8Array[] = [];
    const pair = await joinEndpoints({
      carry: (from, datagram) => {
        if (from === 'client' && readRecords(datagram).some(({ epoch }) => epoch === 1)) finished.push(datagram);
        return from === 'server' && readRecords(datagram).some(({ epoch }) => epoch === 1) ? [] : [datagram];
      },
    });
    pair.start();
    await pair.server.keys;
    const before = pair.server.sent;
    await expect.poll(() => finished.length).toBeGreaterThan(1);
    await expect.poll(() => pair.server.sent).toBeGreaterThan(before);
    pair.close();
  });
});

/** Each handshake message of a datagram in fragments of at most 50 bytes, every one a datagram. */
function fragments(datagram: Uint8Array): Uint8Array[] {
  return readRecords(datagram).flatMap((record) => {
    if (record.type !== ContentType.handshake || record.epoch === 1) return [writeRecord(record)];
    const header = record.body.subarray(0, 12);
    const body = record.body.subarray(12);
    const parts: Uint8Array[] = [];
    for (let start = 0; start === 0 || start < body.length; start += 50) {
      const part = body.subarray(start, start + 50);
      const bytes = Buffer.concat([header, part]);
      bytes.writeUIntBE(start, 6, 3);
      bytes.writeUIntBE(part.length, 9, 3);
      parts.push(writeRecord({ ...record, body: bytes }));
    }
    return parts;
  });
}
