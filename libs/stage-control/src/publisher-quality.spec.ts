import type { ChannelRegistry } from '@weir/channels';
import { Stream } from '@weir/channels';
import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import { PublisherQuality } from './publisher-quality.js';

const track = { packets: 100, lost: 0, bitrateBps: 800_000, frames: 30, keyFrameIntervalsMs: [] };

it('tells how well a publisher comes in, of the session that publishes now and of none before', () => {
  const events = new EventEmitter();
  const quality = new PublisherQuality({ events } as unknown as ChannelRegistry);
  quality.onModuleInit();
  const stream = new Stream('ch', 0, 1000, () => undefined);
  const second = (): unknown => events.emit('measured', stream, { elapsedMs: 1000, limitBps: 0, video: track });
  second();
  expect([quality.of(undefined), quality.of(stream)]).toEqual([null, null]);
  stream.publisherConnected('one');
  stream.describe({ video: { codec: 'h264', width: 1280, height: 720 } });
  // the first second of a session is no whole one
  second();
  expect(quality.of(stream)).toBeNull();
  second();
  expect(quality.of(stream)).toMatchObject({ level: 'good', videoBps: 800_000, width: 1280, framesPerSecond: 30 });
  stream.publisherConnected('two');
  expect(quality.of(stream)).toBeNull();
  stream.close();
  quality.onModuleDestroy();
  expect(events.listenerCount('measured')).toBe(0);
});
