import { ExtensionWriter, NackList, ReceiveStats, RtpView, sequenceDistance, writeRtpHeader } from '@weir/rtp';
import { describe, expect, it } from 'vitest';
import { Mutation } from './mutation.js';

const INPUTS = 300_000;

function packet(extensions: ExtensionWriter, payloadBytes: number, first = 0): Uint8Array {
  const out = new Uint8Array(200).fill(7);
  const length = writeRtpHeader(
    out,
    { payloadType: 96, sequenceNumber: 65_535, timestamp: 0xfffffff0, ssrc: 0x12345678, marker: true },
    extensions,
  );
  out[0] = out[0]! | first;
  return out.slice(0, length + payloadBytes);
}

function samples(): Uint8Array[] {
  const none = new ExtensionWriter();
  const oneByte = new ExtensionWriter();
  oneByte.addText(4, 'video');
  oneByte.addAbsoluteSendTime(3, 1_700_000_000_000);
  const twoByte = new ExtensionWriter();
  twoByte.addText(200, 'a-rid-of-more-than-16-letters');
  twoByte.addText(1, '');
  return [packet(none, 20), packet(oneByte, 30), packet(twoByte, 9), packet(none, 12, 0x20), packet(none, 16, 0x02)];
}

function broken(view: RtpView, length: number): boolean {
  if (view.headerLength < 12 || view.payloadLength < 0 || view.paddingLength < 0) return true;
  if (view.headerLength + view.payloadLength + view.paddingLength !== length) return true;
  for (const id of [0, 1, 3, 4, 14, 15, 200, 255]) {
    const offset = view.extension(id);
    const bytes = view.extensionLength(id);
    if (offset < 0 ? bytes !== -1 : bytes < 0 || offset < 16 || offset + bytes > view.headerLength) return true;
  }
  return false;
}

describe('RTP packets from anywhere', () => {
  it('are read without a throw and only inside their bounds', () => {
    const mutation = new Mutation(1);
    const valid = samples();
    const buffer = new Uint8Array(512);
    const view = new RtpView();
    let accepted = 0;
    for (let input = 0; input < INPUTS; input += 1) {
      const length = mutation.write(valid, buffer, 0);
      if (!view.read(buffer, length)) continue;
      accepted += 1;
      if (broken(view, length)) expect.fail(Buffer.from(buffer.subarray(0, length)).toString('hex'));
    }
    expect(accepted).toBeGreaterThan(INPUTS / 10);
    expect(accepted).toBeLessThan(INPUTS);
  });

  it('are read the same whatever follows them in the buffer', () => {
    const mutation = new Mutation(2);
    const valid = samples();
    const buffer = new Uint8Array(512);
    const view = new RtpView();
    const again = new RtpView();
    for (let input = 0; input < INPUTS / 6; input += 1) {
      const length = mutation.write(valid, buffer, 0);
      const same = buffer.slice(0, length);
      const accepted = view.read(buffer.fill(0xff, length), length);
      if (accepted !== again.read(same, length)) expect.fail(Buffer.from(same).toString('hex'));
      if (!accepted) continue;
      for (let id = 0; id < 256; id += 17) {
        if (view.extension(id) !== again.extension(id)) expect.fail(Buffer.from(same).toString('hex'));
      }
    }
  });
});

describe('arrivals in any order', () => {
  it('never make statistics leave their fields', () => {
    const mutation = new Mutation(3);
    for (let round = 0; round < 200; round += 1) {
      const stats = new ReceiveStats(90_000);
      let sequence = mutation.below(65_536);
      for (let i = 0; i < 1000; i += 1) {
        sequence += mutation.below(50) === 0 ? mutation.below(65_536) : mutation.below(4);
        const extended = stats.receive(sequence & 0xffff, mutation.below(2 ** 32), i * 10);
        if (extended !== -1 && (extended < 0 || (extended & 0xffff) !== (sequence & 0xffff))) expect.fail(`${round}`);
        if (i % 100 !== 0) continue;
        const block = stats.reportBlock(1, i * 10);
        const sound =
          block.fractionLost >= 0 &&
          block.fractionLost <= 255 &&
          Math.abs(block.cumulativeLost) <= 0x800000 &&
          block.jitter >= 0 &&
          Number.isInteger(block.jitter);
        if (!sound) expect.fail(JSON.stringify(block));
      }
    }
  });

  it('make a NACK list ask only for what is missing, and for all of it', () => {
    const mutation = new Mutation(4);
    const out: number[] = [];
    for (let round = 0; round < 200; round += 1) {
      const list = new NackList();
      const start = 65_536 + mutation.below(65_536);
      const arrived = new Set([start]);
      const asked = new Set<number>();
      let newest = start;
      list.receive(start, 0);
      for (let ms = 0; ms < 1000; ms += 1) {
        const late = mutation.below(10) === 0 && newest > start + 20;
        if (!late) newest += 1 + (mutation.below(20) === 0 ? mutation.below(5) : 0);
        const sequence = late ? newest - 1 - mutation.below(20) : newest;
        arrived.add(sequence);
        list.receive(sequence, ms);
        const count = ms % 20 === 0 ? list.due(ms, 30, out) : 0;
        for (let i = 0; i < count; i += 1) {
          const wanted = newest + sequenceDistance(newest, out[i]!);
          if (arrived.has(wanted) || wanted > newest) expect.fail(`round ${round} asks for ${wanted}`);
          asked.add(wanted);
        }
      }
      const count = list.due(1020, 30, out);
      for (let i = 0; i < count; i += 1) asked.add(newest + sequenceDistance(newest, out[i]!));
      for (let sequence = start; sequence < newest; sequence += 1) {
        if (!arrived.has(sequence) && !asked.has(sequence)) expect.fail(`round ${round} never asks for ${sequence}`);
      }
    }
  });
});
