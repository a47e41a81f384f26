import { studioWords } from '../language/studio.js';
import type { ChosenDevice } from './device-choice.js';

interface DeviceSelectProps {
  label: string;
  devices: readonly MediaDeviceInfo[];
  /** Id of the device in use. */
  used: string | undefined;
  testId: string;
  onChoose: (device: ChosenDevice) => void;
}

/** Picks one device of a kind. */
export function DeviceSelect({ label, devices, used, testId, onChoose }: DeviceSelectProps) {
  const isListed = devices.some(({ deviceId }) => deviceId === used);
  return (
    <label class="field">
      <span class="field-label">{label}</span>
      <select
        class="input"
        value={isListed ? used : ''}
        disabled={devices.length === 0}
        data-testid={testId}
        onChange={(event) => {
          const chosen = devices.find(({ deviceId }) => deviceId === event.currentTarget.value);
          if (chosen !== undefined) onChoose({ id: chosen.deviceId, label: chosen.label });
        }}
      >
        {!isListed && <option value="">–</option>}
        {devices.map((device, place) => (
          <option key={device.deviceId} value={device.deviceId}>
            {device.label === '' ? studioWords.value.unnamed(label, place + 1) : device.label}
          </option>
        ))}
      </select>
    </label>
  );
}
