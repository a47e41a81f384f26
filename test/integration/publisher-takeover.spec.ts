import { afterEach, beforeEach, expect, it } from 'vitest';
import { LocalSfu } from '../harness/local-sfu.js';

let sfu: LocalSfu;

beforeEach(async () => {
  sfu = await LocalSfu.open();
});
afterEach(() => sfu.close());

it('goes over to a second publisher without a break in sequence and time, and ends the first', async () => {
  const first = await sfu.publish();
  const { inbox } = await sfu.subscribe();
  first.video.frame(2, true);
  await inbox.until('the picture', () => inbox.of(2000).length === 2);
  first.audio.frame();
  await inbox.until('the sound', () => inbox.of(1000).length === 1);

  const second = await sfu.publish();
  expect(sfu.closedBecause(first.id)).toBe('replaced');
  await first.peer.closed;
  second.audio.frame();
  second.video.frame(2);
  const key = second.video.frame(2, true);
  await inbox.until('the second publisher', () => inbox.of(2000).length === 4 && inbox.of(1000).length === 2);

  const video = inbox.of(2000);
  expect(video[2]!.payload).toEqual(key[0]!.payload);
  expect(video[2]!.sequenceNumber).toBe((video[1]!.sequenceNumber + 1) & 0xffff);
  expect((video[2]!.timestamp - video[1]!.timestamp) | 0).toBeGreaterThan(0);
  const audio = inbox.of(1000);
  expect(audio[1]!.sequenceNumber).toBe((audio[0]!.sequenceNumber + 1) & 0xffff);
});

it('shows the next publisher to viewers who waited without one', async () => {
  const { inbox } = await sfu.subscribe();
  const publisher = await sfu.publish();
  publisher.video.frame(2, true);
  await inbox.until('the picture', () => inbox.of(2000).length === 2);
  publisher.peer.close();
  const next = await sfu.publish();
  const key = next.video.frame(2, true);
  await inbox.until('the next picture', () => inbox.of(2000).length === 4);
  expect(inbox.of(2000)[2]!.payload).toEqual(key[0]!.payload);
});
