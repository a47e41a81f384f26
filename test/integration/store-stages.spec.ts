import type { Database, StageGuestRow } from '@weir/store';
import { expect, it } from 'vitest';
import { eachDatabase } from '../harness/each-database.js';
import { plainChannel } from '../harness/plain-channel.js';

const guest = (id: string, change: Partial<StageGuestRow> = {}): StageGuestRow => ({
  id,
  channel: 'a',
  hash: Uint8Array.of(id.charCodeAt(0)),
  account: undefined,
  name: id,
  mute: 'none',
  joinedAtMs: 10,
  removedAtMs: undefined,
  wasSentAway: false,
  ...change,
});

async function fill(database: Database): Promise<void> {
  for (const name of ['a', 'b']) await database.channels.insert({ ...plainChannel, name });
  const rights = { isAdmin: false, mayCreate: false };
  await database.accounts.insert({ id: 'one', name: 'One', nameKey: 'one', password: '', ...rights, createdAtMs: 1 });
}

eachDatabase('StageTable', ({ open }) => {
  it('keeps one arrangement for each channel', async () => {
    const database = await open();
    await fill(database);
    for (const text of ['1', '2']) await database.stages.setArrangement('a', text);
    await database.stages.setArrangement('b', '3');
    expect(await database.stages.arrangements()).toEqual(
      new Map([
        ['a', '2'],
        ['b', '3'],
      ]),
    );
    await database.channels.delete('a');
    expect([...(await database.stages.arrangements()).keys()]).toEqual(['b']);
  });

  it('keeps when each stage was last known to hold its stream, until it lets it go', async () => {
    const database = await open();
    await fill(database);
    const { stages } = database;
    for (const heldAtMs of [1, 2]) await stages.hold('a', heldAtMs);
    await stages.hold('b', 3);
    expect([...(await stages.holds())].toSorted()).toEqual([
      ['a', 2],
      ['b', 3],
    ]);
    for (let times = 0; times < 2; times += 1) await stages.letGo('a');
    await database.channels.delete('b');
    expect(await stages.holds()).toEqual(new Map());
  });

  it('keeps images by channel and name, and lists them without their bytes', async () => {
    const database = await open();
    await fill(database);
    const { stages } = database;
    const image = { channel: 'a', name: 'logo', type: 'image/png', width: 4, height: 3, sizeBytes: 2, tag: 't1' };
    await stages.setImage({ ...image, channel: 'b' }, Uint8Array.of(9, 9));
    await stages.setImage(image, Uint8Array.of(1, 2));
    await stages.setImage({ ...image, tag: 't2', width: 5 }, Uint8Array.of(3, 4));
    expect(await stages.images()).toEqual([
      { ...image, tag: 't2', width: 5 },
      { ...image, channel: 'b' },
    ]);
    expect([...((await stages.imageBytes('a', 'logo')) ?? [])]).toEqual([3, 4]);
    await stages.deleteImage('a', 'logo');
    expect(await stages.imageBytes('a', 'logo')).toBeUndefined();
    expect([...((await stages.imageBytes('b', 'logo')) ?? [])]).toEqual([9, 9]);
  });
});

eachDatabase('StageGuestTable', ({ open }) => {
  it('keeps guests in the order in which they came, what changes of them, and forgets the old', async () => {
    const database = await open();
    await fill(database);
    const { stageGuests } = database;
    await stageGuests.insert(guest('z', { account: 'one', mute: 'own' }));
    await stageGuests.insert(guest('y', { joinedAtMs: 5 }));
    await stageGuests.insert(guest('x', { joinedAtMs: 20, channel: 'b' }));
    await stageGuests.update('z', { name: 'Zoe', mute: 'director' });
    await stageGuests.update('x', { removedAtMs: 30, wasSentAway: true });
    await stageGuests.update('y', {});
    const plain = (rows: readonly StageGuestRow[]) => rows.map((row) => ({ ...row, hash: [...row.hash] }));
    const all = [
      guest('y', { joinedAtMs: 5 }),
      guest('z', { account: 'one', name: 'Zoe', mute: 'director', hash: Uint8Array.of(122) }),
      guest('x', { joinedAtMs: 20, channel: 'b', removedAtMs: 30, wasSentAway: true }),
    ];
    expect(plain(await stageGuests.list())).toEqual(plain(all));
    await stageGuests.deleteBefore(10);
    await database.channels.delete('b');
    expect((await stageGuests.list()).map(({ id }) => id)).toEqual(['z']);
  });
});
