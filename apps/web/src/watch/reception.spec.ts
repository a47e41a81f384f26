import { describe, expect, it } from 'vitest';
import { ReceptionReader } from './reception.js';

const NTP_EPOCH_MS = 2_208_988_800_000;
const WALL_MS = 1_795_291_940_000;

interface Scene {
  readonly atMs: number;
  readonly packets: number;
  readonly lost?: number;
  readonly decoded?: number;
  readonly asked?: number;
  readonly answered?: number;
  /** By the server's clock, which is `aheadMs` ahead. */
  readonly playoutMs?: number;
  readonly aheadMs?: number;
}

function reportOf(scene: Scene): [string, Record<string, unknown>][] {
  const { atMs, packets, lost = 0, decoded = packets, asked = 0, answered = asked, playoutMs, aheadMs = 0 } = scene;
  const timestamp = WALL_MS + atMs;
  const video = {
    type: 'inbound-rtp',
    kind: 'video',
    timestamp,
    packetsReceived: packets,
    packetsLost: lost,
    framesDecoded: decoded,
    remoteId: 'R',
    ...(playoutMs !== undefined && { estimatedPlayoutTimestamp: NTP_EPOCH_MS + WALL_MS + playoutMs }),
  };
  return [
    ['V', video],
    ['R', { type: 'remote-outbound-rtp', timestamp, remoteTimestamp: timestamp + aheadMs - 20, roundTripTime: 0.04 }],
    ['P', { type: 'candidate-pair', nominated: true, requestsSent: asked, responsesReceived: answered }],
  ];
}

function readAll(scenes: readonly Scene[]) {
  const reader = new ReceptionReader();
  return scenes.map((scene) => reader.read(reportOf(scene), scene.atMs)).at(-1);
}

describe('ReceptionReader', () => {
  it('measures the delay from capture to screen, whatever the difference of the clocks', () => {
    for (const aheadMs of [0, 5000, -90_000]) {
      const reading = readAll([{ atMs: 1000, packets: 10, aheadMs, playoutMs: 1000 + aheadMs - 180 }]);
      expect(reading?.captureDelayMs).toBeCloseTo(180);
      expect(reading?.clockOffsetMs).toBeCloseTo(aheadMs);
    }
  });

  it('takes the middle of the last readings, so that one odd one does not show', () => {
    const delays = [180, 190, 2000, 185, 175];
    const scenes = delays.map((delayMs, place) => ({
      atMs: place * 1000,
      packets: place,
      playoutMs: place * 1000 - delayMs,
    }));
    expect(readAll(scenes)?.captureDelayMs).toBeCloseTo(185);
  });

  it('does not guess a delay where the sender reports do not tell it, or tell nonsense', () => {
    expect(readAll([{ atMs: 1000, packets: 10 }])?.captureDelayMs).toBeUndefined();
    expect(readAll([{ atMs: 1000, packets: 10, playoutMs: -500_000 }])?.captureDelayMs).toBeUndefined();
  });

  it('averages the loss of four readings', () => {
    const scenes = [0, 1, 2, 3, 4].map((place) => ({
      atMs: place * 1000,
      packets: place * 100,
      lost: place < 4 ? 0 : 100,
    }));
    expect(readAll(scenes)?.loss).toBeCloseTo(0.5);
    expect(readAll(scenes)?.steadyLoss).toBeCloseTo(0.2);
  });

  it('tells how long packets have come without a picture', () => {
    const scenes = [1, 2, 3, 4].map((place) => ({ atMs: place * 1000, packets: place * 100, decoded: 30 }));
    expect(readAll(scenes)?.frozenMs).toBe(3000);
    expect(readAll([...scenes, { atMs: 5000, packets: 500, decoded: 31 }])?.frozenMs).toBe(0);
  });

  it('does not call it frozen when the broadcaster sends nothing', () => {
    const scenes = [1, 2, 3, 4].map((place) => ({ atMs: place * 1000, packets: 100, decoded: 30 }));
    expect(readAll(scenes)?.frozenMs).toBe(0);
  });

  it('is deaf when nothing comes and no check is answered, and not when checks are', () => {
    const silent = (answers: boolean) =>
      [0, 1, 2, 3].map((place) => ({
        atMs: place * 2000,
        packets: 100,
        decoded: 30,
        asked: 5 + place,
        answered: answers ? 5 + place : 5,
      }));
    expect(readAll(silent(true))?.deafMs).toBe(0);
    expect(readAll(silent(false))?.deafMs).toBe(6000);
    expect(readAll([...silent(false), { atMs: 8000, packets: 160, asked: 9, answered: 5 }])?.deafMs).toBe(0);
  });
});
