import { describe, expect, it } from 'vitest';
import { deviceChanges } from './device-changes.js';

const device = (deviceId: string) => ({ deviceId, label: deviceId });
const ids = ({ come, gone }: ReturnType<typeof deviceChanges>) =>
  [come, gone].map((list) => list.map((one) => one.deviceId));

describe('deviceChanges', () => {
  it('tells what came and what went', () => {
    expect(ids(deviceChanges([device('a'), device('b')], [device('b'), device('c')]))).toEqual([['c'], ['a']]);
    expect(ids(deviceChanges([], [device('a')]))).toEqual([['a'], []]);
  });

  it('takes the names that Chrome gives a second time for no device', () => {
    expect(ids(deviceChanges([device('a')], [device('default'), device('communications'), device('a')]))).toEqual([
      [],
      [],
    ]);
  });

  it('takes the names that a permission uncovers for no change', () => {
    expect(ids(deviceChanges([device('')], [device('a'), device('b')]))).toEqual([[], []]);
  });
});
