import {
  BATCH_MESSAGES,
  BATCH_PACKETS,
  GcmContext,
  GcmScratch,
  liveGcmContexts,
  MESSAGE_PACKETS,
  NativeMemory,
  NativeSocket,
  openNative,
  SendBatch,
} from '@weir/native';
import { beforeEach, describe, expect, it } from 'vitest';
import { CallJudge } from './call-judge.js';
import { CallRecorder } from './call-recorder.js';
import { RandomEgress } from './random-egress.js';

const SEEDS = [1, 2, 3];
const TURNS = 40;
const VIEWERS = 300;
const CHANGES = 40;
// Few packets, a full plan, and what exhausts a batch by its packets and by its messages.
const KINDS = [
  { rows: 50 },
  { rows: 500 },
  { rows: 8192 },
  { rows: 4000, largest: 30, oneSocket: true },
  { rows: 1000, largest: 100, longest: 1, oneSocket: true },
];

let judge: CallJudge;
let recorder: CallRecorder;

beforeEach(() => {
  recorder = new CallRecorder(openNative()!, (memories) => (judge = new CallJudge(memories)));
});

/** Everything that it made is let go when it returns. */
async function driveAndClose(seed: number): Promise<Pick<RandomEgress, 'joins' | 'leaves' | 'moves' | 'rows'>> {
  const before = liveGcmContexts();
  const egress = await RandomEgress.open(recorder.native, seed);
  for (let i = 0; i < VIEWERS; i++) egress.join();
  for (let turn = 0; turn < TURNS; turn++) {
    if (turn % 10 === 9) egress.replaceRings();
    egress.turn({ ...KINDS[turn % KINDS.length]!, changes: CHANGES });
    await recorder.collect();
  }
  const { engine, joins, leaves, moves, rows, viewers } = egress;
  expect(viewers).toBe(joins - leaves);
  expect(judge.contexts.size).toBe(liveGcmContexts() - before);
  expect([engine.dropped, engine.refused > 0, engine.packetsSent > rows / 2]).toEqual([0, true, true]);
  egress.close();
  expect(liveGcmContexts()).toBe(before);
  return { joins, leaves, moves, rows };
}

describe('the ffi egress engine', () => {
  it.each(SEEDS)(
    'gives native code only what is alive, held and large enough, whoever comes, moves or goes (seed %i)',
    async (seed) => {
      const { joins, leaves, moves } = await driveAndClose(seed);
      await recorder.collectAll();
      expect(judge.faults).toEqual([]);
      expect([judge.contexts.size, recorder.memories.held]).toEqual([0, []]);
      expect(judge.calls.get('EVP_CIPHER_CTX_free')).toBe(judge.calls.get('EVP_CIPHER_CTX_new'));
      expect(Math.min(joins - VIEWERS, leaves, moves)).toBeGreaterThan((TURNS * CHANGES) / 5);
      expect([judge.most.messages, judge.most.packets, judge.most.segments]).toEqual([
        BATCH_MESSAGES,
        BATCH_PACKETS,
        MESSAGE_PACKETS,
      ]);
    },
  );
});

describe('the judge', () => {
  function newContext(): GcmContext {
    return new GcmContext(recorder.native, Buffer.alloc(16), new GcmScratch(recorder.native));
  }

  function sendTo(fd: number, packets: readonly (readonly [number, number])[]): void {
    const batch = new SendBatch(recorder.native);
    const name = new NativeMemory(recorder.native, 16);
    batch.begin(name.address, 16);
    for (const [address, length] of packets) batch.add(address, length, packets[0]![1]);
    batch.send(fd);
  }

  it('finds nothing wrong with a packet that is sealed and sent', () => {
    const [{ address }, context] = [new NativeMemory(recorder.native, 128), newContext()];
    expect(context.seal(address + 16, 12, address + 32, address + 64, 24)).toBe(true);
    context.free();
    const sender = socket();
    sendTo(sender.fd, [[address + 64, 40]]);
    sender.close();
    expect(judge.faults).toEqual([]);
    expect(judge.spans).toBeGreaterThan(10);
  });

  it('finds an address past the end, and one that is nowhere', () => {
    const [{ address }, context] = [new NativeMemory(recorder.native, 128), newContext()];
    context.seal(address + 16, 12, address + 32, address + 64, 49);
    expect(judge.faults).toContain('EVP_CIPHER_CTX_ctrl: control value: 16 bytes at 113 of 128');
    context.free();
    sendTo(-1, [[1024, 1]]);
    expect(judge.faults).toContain('sendmmsg: packet: in no memory that is held');
  });

  it('finds memory that nobody holds any more', async () => {
    const address = (() => new NativeMemory(recorder.native, 64).address)();
    await recorder.collectAll();
    expect(judge.releases).toBe(1);
    recorder.native.getsockname(-1, address, address + 32);
    expect(judge.faults).toContain('getsockname: length: in no memory that is held');
  });

  it('finds a context that is used or freed after it was freed, and one that is never freed', () => {
    // Nothing of this reaches OpenSSL.
    let context = 4096;
    const harmless = {
      EVP_CIPHER_CTX_new: () => context++,
      EVP_EncryptInit_ex2: () => 1,
      EVP_CIPHER_CTX_free: () => 0,
    };
    const { native } = new CallRecorder(
      { ...openNative()!, ...harmless },
      (memories) => (judge = new CallJudge(memories)),
    );
    const [freed, kept] = [native.EVP_CIPHER_CTX_new(), native.EVP_CIPHER_CTX_new()];
    native.EVP_EncryptInit_ex2(freed, 0, 0, 0, 0);
    native.EVP_CIPHER_CTX_free(freed);
    expect(judge.faults).toEqual([]);
    native.EVP_EncryptInit_ex2(freed, 0, 0, 0, 0);
    native.EVP_CIPHER_CTX_free(freed);
    expect(judge.faults).toEqual([
      'EVP_EncryptInit_ex2: a context that is not alive',
      'EVP_CIPHER_CTX_free: a context that is not alive',
    ]);
    expect([...judge.contexts]).toEqual([kept]);
  });

  it('finds packets of one call that lie over each other, and sizes that are not what was told', () => {
    const { address } = new NativeMemory(recorder.native, 128);
    const sender = socket();
    sendTo(sender.fd, [
      [address, 20],
      [address + 19, 20],
    ]);
    expect(judge.faults).toEqual(['sendmmsg: two packets in one place']);
    sendTo(sender.fd, [
      [address, 20],
      [address + 20, 21],
    ]);
    expect(judge.faults).toContain('sendmmsg: packets that are not of 20 bytes');
    sender.close();
  });

  it('finds a descriptor that is no socket', () => {
    const { native } = recorder;
    native.close(-1);
    expect(judge.faults).toEqual(['close: descriptor -1, which is no socket']);
  });

  function socket(): NativeSocket {
    return NativeSocket.open(recorder.native, { family: 4, address: '127.0.0.1', port: 0, bufferBytes: 65_536 });
  }
});
