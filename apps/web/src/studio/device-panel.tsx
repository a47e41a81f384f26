import { text } from '../language/language.js';
import { PICTURE_PRESETS } from '../media/publish-quality.js';
import type { PictureQuality, SoundQuality } from '../media/publish-quality.js';
import { Icon } from '../page/icon.js';
import { canShareScreen } from './capture.js';
import { MicrophoneMeter } from './microphone-meter.js';
import type { PictureSource, Studio } from './studio.js';

const SOURCES: readonly PictureSource[] = ['camera', 'screen', 'none'];
const SOUNDS: readonly SoundQuality[] = ['voice', 'music'];

/** Picture, sound and quality; everything here also works while live. */
export function DevicePanel({ studio }: { studio: Studio }) {
  const words = text.value.studio;
  const { picture, sound } = studio.choices.value;
  const { cameras, microphones } = studio.devices.value;
  return (
    <section class="panel devices">
      <fieldset class="field">
        <legend class="field-label">{words.source}</legend>
        <div class="segments">
          {SOURCES.map((source) => (
            <button
              key={source}
              type="button"
              class="segment"
              aria-pressed={studio.source.value === source}
              disabled={source === 'screen' && !canShareScreen()}
              data-testid={`source-${source}`}
              onClick={() => void studio.show(source)}
            >
              {words.sources[source]}
            </button>
          ))}
        </div>
      </fieldset>
      {studio.source.value === 'camera' && (
        <DeviceChoice
          label={words.camera}
          devices={cameras}
          track={studio.video.value}
          onChoose={(device) => void studio.chooseCamera(device)}
        />
      )}
      <DeviceChoice
        label={words.microphone}
        devices={microphones}
        track={studio.audio.value}
        onChoose={(device) => void studio.chooseMicrophone(device)}
      />
      {studio.audio.value !== null && (
        <div class="meter-row">
          <button
            type="button"
            class="control control-solid"
            aria-label={studio.microphoneOn.value ? words.muteMicrophone : words.unmuteMicrophone}
            data-testid="microphone"
            onClick={() => studio.toggleMicrophone()}
          >
            <Icon name={studio.microphoneOn.value ? 'microphone' : 'silenced'} />
          </button>
          <MicrophoneMeter track={studio.audio.value} on={studio.microphoneOn.value} />
        </div>
      )}
      <div class="pair">
        <label class="field">
          <span class="field-label">{words.picture}</span>
          <select
            class="input"
            value={picture}
            data-testid="picture"
            onChange={(event) => void studio.choosePicture(event.currentTarget.value as PictureQuality)}
          >
            {Object.entries(PICTURE_PRESETS).map(([name, preset]) => (
              <option key={name} value={name}>
                {`${name} · ${preset.maxBps / 1_000_000} Mb/s`}
              </option>
            ))}
          </select>
        </label>
        <label class="field">
          <span class="field-label">{words.sound}</span>
          <select
            class="input"
            value={sound}
            onChange={(event) => void studio.chooseSound(event.currentTarget.value as SoundQuality)}
          >
            {SOUNDS.map((name) => (
              <option key={name} value={name}>
                {words.sounds[name]}
              </option>
            ))}
          </select>
        </label>
      </div>
    </section>
  );
}

interface DeviceChoiceProps {
  label: string;
  devices: readonly MediaDeviceInfo[];
  track: MediaStreamTrack | null;
  onChoose: (device: MediaDeviceInfo) => void;
}

function DeviceChoice({ label, devices, track, onChoose }: DeviceChoiceProps) {
  const used = devices.find(({ deviceId }) => deviceId === track?.getSettings().deviceId);
  return (
    <label class="field">
      <span class="field-label">{label}</span>
      <select
        class="input"
        value={used?.deviceId ?? ''}
        disabled={devices.length === 0}
        onChange={(event) => {
          const chosen = devices.find(({ deviceId }) => deviceId === event.currentTarget.value);
          if (chosen !== undefined) onChoose(chosen);
        }}
      >
        {used === undefined && <option value="">–</option>}
        {devices.map((device, place) => (
          <option key={device.deviceId} value={device.deviceId}>
            {device.label === '' ? text.value.studio.unnamed(label, place + 1) : device.label}
          </option>
        ))}
      </select>
    </label>
  );
}
