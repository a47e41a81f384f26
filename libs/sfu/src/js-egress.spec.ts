import { randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { deriveSessionKeys, SrtpReceiver, SrtpSender } from '@weir/srtp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DelayHistogram } from './delay-histogram.js';
import { createEgressCipher } from './egress-ciphers.js';
import { EgressPlan } from './egress-plan.js';
import { type EgressPath, EgressRoute } from './egress-route.js';
import { JsEgress } from './js-egress.js';

const SSRC = 0x8765_4321;
const EXTENSIONS = Uint8Array.of(0xbe, 0xde, 0, 1, 0x10, 0x31, 0, 0);

let receiving: Socket;
let sending: Socket;

beforeEach(async () => {
  [receiving, sending] = [createSocket('udp4'), createSocket('udp4')];
  for (const socket of [receiving, sending]) {
    const listening = once(socket, 'listening');
    socket.bind(0, '127.0.0.1');
    await listening;
  }
});
afterEach(() => {
  receiving.close();
  sending.close();
});

describe.each([7, 1] as const)('JsEgress with SRTP profile %i', (profile) => {
  const keys = deriveSessionKeys(profile, randomBytes(16), randomBytes(profile === 7 ? 12 : 14));

  function path(): EgressPath {
    return {
      socket: sending,
      address: '127.0.0.1',
      port: receiving.address().port,
      cipher: createEgressCipher(keys),
      packetsSent: 0,
    };
  }

  it('sends what the reference sender makes, byte for byte, across the wrap of the sequence number', async () => {
    const [plan, engine, route] = [
      new EgressPlan(),
      new JsEgress(new DelayHistogram()),
      new EgressRoute(path(), SSRC, 102, EXTENSIONS),
    ];
    const reference = new SrtpSender(keys);
    const receiver = new SrtpReceiver(keys);
    const arrived: Buffer[] = [];
    const all = new Promise<void>((resolve) => {
      receiving.on('message', (packet) => {
        arrived.push(packet);
        if (arrived.length === 12) resolve();
      });
    });
    const expected: Buffer[] = [];
    for (let i = 0; i < 12; i++) {
      const [payload, sequence, timestamp, marker] = [randomBytes(1 + i * 100), 65_530 + i, 4_000_000_000 + i, i % 2];
      plan.add(route, payload, marker, sequence, timestamp, 0);
      const packet = Buffer.alloc(2048);
      packet.set([0x90, (marker << 7) | 102, (sequence >> 8) & 0xff, sequence & 0xff]);
      packet.writeUInt32BE(timestamp, 4);
      packet.writeUInt32BE(SSRC, 8);
      packet.set(EXTENSIONS, 12);
      packet.set(payload, 20);
      expected.push(packet.subarray(0, reference.protect(packet, 20, 20 + payload.length, sequence)));
    }
    engine.flush(plan);
    await all;
    expect(arrived).toEqual(expected);
    expect(plan.rows).toBe(0);
    expect(arrived.map((packet) => receiver.unprotect(packet, packet.length))).toEqual(
      expected.map((_, i) => 21 + i * 100),
    );
    expect([route.packetCount, engine.packetsSent]).toEqual([12, 12]);
  });

  it('sends nothing on a path that was closed', () => {
    const [plan, engine] = [new EgressPlan(), new JsEgress(new DelayHistogram())];
    plan.add(new EgressRoute({ ...path(), socket: undefined }, SSRC, 102, undefined), randomBytes(10), 0, 1000, 0, 0);
    engine.flush(plan);
    expect(engine.packetsSent).toBe(0);
  });
});
