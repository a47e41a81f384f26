import { afterEach, beforeEach, expect, it } from 'vitest';
import type { LocalSession } from '../harness/local-session.js';
import { LocalSfu } from '../harness/local-sfu.js';

let sfu: LocalSfu;

beforeEach(async () => {
  sfu = await LocalSfu.open();
});
afterEach(() => sfu.close());

const heard = ({ inbox }: LocalSession): number => inbox.of(1000).length;
const seen = ({ inbox }: LocalSession): number => inbox.of(2000).length;

it('gives a deaf viewer the picture alone, and all others everything, until it hears again', async () => {
  const publisher = await sfu.publish();
  const [deaf, other] = [await sfu.subscribe(), await sfu.subscribe()];
  const send = async (): Promise<void> => {
    const [pictures, sounds] = [seen(other) + 2, heard(other) + 1];
    publisher.audio.frame();
    publisher.video.frame(2, true);
    await deaf.inbox.until('the picture', () => seen(deaf) === pictures);
    await other.inbox.until('picture and sound', () => seen(other) === pictures && heard(other) === sounds);
  };
  await send();
  expect(heard(deaf)).toBe(1);
  sfu.worker.handle({ type: 'deafen', id: deaf.id, isDeaf: true });
  sfu.worker.handle({ type: 'deafen', id: deaf.id, isDeaf: true });
  await send();
  await send();
  expect(heard(deaf)).toBe(1);
  sfu.worker.handle({ type: 'deafen', id: deaf.id, isDeaf: false });
  await send();
  await deaf.inbox.until('sound', () => heard(deaf) === 2);
  const [first, next] = deaf.inbox.of(1000);
  // no gap, so that nothing is asked for again
  expect((next!.sequenceNumber - first!.sequenceNumber) & 0xffff).toBe(1);
});
