import type { ListedDevice } from './device-choice.js';

/** Chrome lists the system's choices a second time under names of their own. */
const PSEUDO = ['default', 'communications'];

/** What changed between two lists of devices of one kind; both must have been read with permission. */
export interface DeviceChanges<Device> {
  readonly come: readonly Device[];
  readonly gone: readonly Device[];
}

/** Compares two lists; a list without ids, from before the permission, tells of no change. */
export function deviceChanges<Device extends ListedDevice>(
  before: readonly Device[],
  after: readonly Device[],
): DeviceChanges<Device> {
  if (!isTold(before) && before.length > 0) return { come: [], gone: [] };
  const missing = (from: readonly Device[], list: readonly Device[]) =>
    from.filter(({ deviceId }) => isReal(deviceId) && !list.some((other) => other.deviceId === deviceId));
  return { come: missing(after, before), gone: missing(before, after) };
}

function isTold(devices: readonly ListedDevice[]): boolean {
  return devices.some(({ deviceId }) => deviceId !== '');
}

function isReal(deviceId: string): boolean {
  return deviceId !== '' && !PSEUDO.includes(deviceId);
}
