import { describe, expect, it } from 'vitest';
import { readRtcp, type RtcpVisitor } from './rtcp-reader.js';

const packet = (hex: string): Uint8Array => Buffer.from(hex.replaceAll(' ', ''), 'hex');

function events(hex: string): { sound: boolean; told: unknown[][] } {
  const told: unknown[][] = [];
  const visitor: Required<RtcpVisitor> = {
    senderReport: (...a) => told.push(['senderReport', ...a]),
    reportBlock: (reporter, block) => told.push(['reportBlock', reporter, { ...block }]),
    cname: (...a) => told.push(['cname', ...a]),
    bye: (...a) => told.push(['bye', ...a]),
    nack: (...a) => told.push(['nack', ...a]),
    pictureLoss: (...a) => told.push(['pictureLoss', ...a]),
    fullIntraRequest: (...a) => told.push(['fullIntraRequest', ...a]),
    remb: (...a) => told.push(['remb', ...a]),
    receiverReferenceTime: (...a) => told.push(['receiverReferenceTime', ...a]),
    delaySinceLastReceiverReport: (...a) => told.push(['delaySinceLastReceiverReport', ...a]),
  };
  const bytes = packet(hex);
  return { sound: readRtcp(bytes, bytes.length, visitor), told };
}

const SENDER_REPORT = '81c8000c 00000001 e0000001 80000000 00015f90 00000064 00010000';
const BLOCK = '00000002 80 fffffe 00010005 0000000a 33445566 00010000';

describe('readRtcp', () => {
  it('reads a sender report with a block, CNAME and picture loss out of one compound', () => {
    const sdes = '81ca0003 00000001 01046361 66650000';
    expect(events(`${SENDER_REPORT} ${BLOCK} ${sdes} 81ce0002 00000001 00000002`)).toEqual({
      sound: true,
      told: [
        ['senderReport', 1, 0xe0000001, 0x80000000, 90000, 100, 65536],
        [
          'reportBlock',
          1,
          {
            ssrc: 2,
            fractionLost: 128,
            cumulativeLost: -2,
            highestSequence: 0x10005,
            jitter: 10,
            lastSenderReport: 0x33445566,
            delaySinceLastSenderReport: 65536,
          },
        ],
        ['cname', 1, 'cafe'],
        ['pictureLoss', 1, 2],
      ],
    });
  });

  it('bounds a NACK by its own length, not by the compound', () => {
    expect(events('81cd0003 00000001 00000002 ffff8001 81ce0002 00000001 00000002')).toEqual({
      sound: true,
      told: [
        ['nack', 1, 2, 0xffff, 0x8001],
        ['pictureLoss', 1, 2],
      ],
    });
  });

  it('tells every NACK entry and every FIR entry', () => {
    const nack = '81cd0004 00000001 00000002 00010000 00200003';
    const fir = '84ce0006 00000001 00000000 00000005 07000000 00000006 08000000';
    expect(events(`${nack} ${fir}`).told).toEqual([
      ['nack', 1, 2, 1, 0],
      ['nack', 1, 2, 32, 3],
      ['fullIntraRequest', 1, 5, 7],
      ['fullIntraRequest', 1, 6, 8],
    ]);
  });

  it('reads a REMB with exponent and several sources', () => {
    expect(events('8fce0006 00000001 00000000 52454d42 0207a120 0000000a 0000000b').told).toEqual([
      ['remb', 1, 0x3a120 * 2, 10, 2],
    ]);
  });

  it('passes over application layer feedback that is no REMB', () => {
    expect(events('8fce0004 00000001 00000000 41424344 01000000')).toEqual({ sound: true, told: [] });
  });

  it('reads BYE of several sources with a reason', () => {
    expect(events('82cb0003 00000001 00000002 03616263').told).toEqual([
      ['bye', 1],
      ['bye', 2],
    ]);
  });

  it('reads receiver reference time and delays out of an extended report, over unknown blocks', () => {
    expect(
      events(
        '80cf000d 00000001 09000001 ffffffff 04000002 e0000001 80000000 05000006 0000000a 11111111 00000100 0000000b 22222222 00000200',
      ),
    ).toEqual({
      sound: true,
      told: [
        ['receiverReferenceTime', 1, 0xe0000001, 0x80000000],
        ['delaySinceLastReceiverReport', 1, 10, 0x11111111, 0x100],
        ['delaySinceLastReceiverReport', 1, 11, 0x22222222, 0x200],
      ],
    });
  });

  it('takes reduced-size RTCP, APP, transport-wide feedback and unknown types as sound', () => {
    expect(events('81ce0002 00000001 00000002').sound).toBe(true);
    expect(events('80cc0002 00000001 41424344').sound).toBe(true);
    expect(events('8fcd0004 00000001 00000002 00000001 00000000').sound).toBe(true);
    expect(events('80d00000').sound).toBe(true);
  });

  it('leaves padding out of the last packet', () => {
    expect(events('a1cd0004 00000001 00000002 00010000 00000004').told).toEqual([['nack', 1, 2, 1, 0]]);
  });

  it('goes on after a malformed packet whose length is right', () => {
    expect(events('81ce0001 00000001 81ce0002 00000001 00000002')).toEqual({
      sound: false,
      told: [['pictureLoss', 1, 2]],
    });
  });

  it('tells what came before the cut', () => {
    expect(events('81ce0002 00000001 00000002 81cd0009 00000001')).toEqual({
      sound: false,
      told: [['pictureLoss', 1, 2]],
    });
  });

  it.each([
    ['nothing', ''],
    ['less than a header', '80c900'],
    ['another version', '40c90001 00000001'],
    ['a sender report too short for its own part', '80c80001 00000001'],
    ['fewer report blocks than announced', '82c90007 00000001 00000002 00000000 00000000 00000000 00000000 00000000'],
    ['a receiver report without its sender', '80c90000'],
    ['an item longer than its chunk', '81ca0002 00000001 01ff6162'],
    ['items without an end', '81ca0002 00000001 01026162'],
    ['fewer chunks than announced', '82ca0003 00000001 01046361 66650000'],
    ['a chunk without items', '81ca0001 00000001'],
    ['fewer BYE sources than announced', '82cb0001 00000001'],
    ['a NACK without entries', '81cd0002 00000001 00000002'],
    ['a FIR without entries', '84ce0002 00000001 00000002'],
    ['a REMB with fewer sources than announced', '8fce0004 00000001 00000000 52454d42 0107a120'],
    ['an extended report without its sender', '80cf0000'],
    ['an extended block longer than the packet', '80cf0002 00000001 04000002'],
    ['padding longer than the packet', 'a0c90001 000000ff'],
    ['padding of zero', 'a0c90001 00000000'],
  ])('refuses %s', (_what, hex) => {
    expect(events(hex).sound).toBe(false);
  });

  it('needs no method of its visitor', () => {
    const bytes = packet(`${SENDER_REPORT} ${BLOCK}`);
    expect(readRtcp(bytes, bytes.length, {})).toBe(true);
  });
});
