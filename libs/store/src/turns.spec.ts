import { describe, expect, it } from 'vitest';
import { DatabaseClosed, Turns } from './turns.js';

async function settle(): Promise<void> {
  for (let step = 0; step < 5; step += 1) await Promise.resolve();
}

describe('Turns', () => {
  it('lets so many at once and the next ones in the order in which they came', async () => {
    const turns = new Turns(2);
    const begun: string[] = [];
    for (const name of ['a', 'b', 'c', 'd']) void turns.take().then(() => begun.push(name));
    await settle();
    expect(begun).toEqual(['a', 'b']);
    turns.end();
    await settle();
    expect(begun).toEqual(['a', 'b', 'c']);
    turns.end();
    await settle();
    expect(begun).toEqual(['a', 'b', 'c', 'd']);
  });

  it('waits for all that were taken or waited for when it is shut, and gives no more', async () => {
    const turns = new Turns(1);
    const told: string[] = [];
    await turns.take();
    const second = turns.take().then(() => told.push('second'));
    const shut = turns.shut().then(() => told.push('shut'));
    await expect(turns.take()).rejects.toThrow(DatabaseClosed);
    turns.end();
    await second;
    expect(told).toEqual(['second']);
    turns.end();
    await shut;
    expect(told).toEqual(['second', 'shut']);
    await expect(turns.take()).rejects.toThrow(DatabaseClosed);
  });

  it('is shut at once when nobody has a turn', async () => {
    const turns = new Turns(1);
    await turns.take();
    turns.end();
    await turns.shut();
    await expect(turns.take()).rejects.toThrow(DatabaseClosed);
  });
});
