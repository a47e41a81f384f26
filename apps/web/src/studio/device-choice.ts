/** A device that somebody chose: ids change when site data is cleared, labels stay. */
export interface ChosenDevice {
  readonly id: string;
  readonly label: string;
}

/** A device as enumerateDevices lists it. */
export interface ListedDevice {
  readonly deviceId: string;
  readonly label: string;
}

/** The listed device that was chosen: by id, else by label; undefined when it is not there. */
export function findChosen<Device extends ListedDevice>(
  devices: readonly Device[],
  chosen: ChosenDevice | undefined,
): Device | undefined {
  if (chosen === undefined) return undefined;
  return (
    devices.find(({ deviceId }) => deviceId !== '' && deviceId === chosen.id) ??
    devices.find(({ label }) => label !== '' && label === chosen.label)
  );
}
