import { deviceWords } from '../language/device.js';
import { studioWords } from '../language/studio.js';
import { PICTURE_PRESETS } from '../media/publish-quality.js';
import type { PictureQuality, SoundQuality } from '../media/publish-quality.js';
import { canShareScreen } from './capture.js';
import { DeviceSelect } from './device-select.js';
import { MicrophoneMeter } from './microphone-meter.js';
import type { PictureSource, Sources } from './sources.js';
import { SpeakerChoice } from './speaker-choice.js';

const SOUNDS: readonly SoundQuality[] = ['voice', 'music'];

interface DevicePanelProps {
  sources: Sources;
  /** What the picture may show. */
  offers: readonly PictureSource[];
  onPicture: (picture: PictureQuality) => Promise<void>;
  onSound: (sound: SoundQuality) => Promise<void>;
}

/** Picture, sound and quality; everything here also works while live. */
export function DevicePanel(props: DevicePanelProps) {
  const words = studioWords.value;
  const { sources, offers } = props;
  const { cameras, microphones } = sources.devices.value;
  const source = sources.source.value;
  return (
    <section class="panel devices" aria-label={deviceWords.value.and([words.camera, words.microphone])}>
      <fieldset class="field">
        <legend class="field-label">{words.source}</legend>
        <div class="segments">
          {offers.map((one) => (
            <button
              key={one}
              type="button"
              class="segment"
              aria-pressed={source === one}
              disabled={one === 'screen' && !canShareScreen()}
              data-testid={`source-${one}`}
              onClick={() => void sources.show(one)}
            >
              {words.sources[one]}
            </button>
          ))}
        </div>
      </fieldset>
      {source === 'screen' && (
        <p class="hint" data-testid="screen-sound">
          {sources.screenSound.value === null ? words.noScreenSound : words.screenSound}
        </p>
      )}
      {source === 'camera' && (
        <>
          <DeviceSelect
            label={words.camera}
            devices={cameras}
            used={sources.video.value?.getSettings().deviceId}
            testId="camera-choice"
            onChoose={(device) => void sources.chooseCamera(device)}
          />
          <label class="check">
            <input
              type="checkbox"
              checked={sources.choices.value.mirror}
              data-testid="mirror"
              onChange={(event) => sources.choose({ mirror: event.currentTarget.checked })}
            />
            {words.mirror}
          </label>
        </>
      )}
      <DeviceSelect
        label={words.microphone}
        devices={microphones}
        used={sources.microphone.value?.getSettings().deviceId}
        testId="microphone-choice"
        onChoose={(device) => void sources.chooseMicrophone(device)}
      />
      {sources.microphone.value !== null && (
        <MicrophoneMeter track={sources.microphone.value} on={sources.microphoneOn.value} />
      )}
      <SpeakerChoice sources={sources} />
      <Qualities {...props} />
    </section>
  );
}

function Qualities({ sources, onPicture, onSound }: DevicePanelProps) {
  const words = studioWords.value;
  const { picture, sound } = sources.choices.value;
  return (
    <div class="pair">
      <label class="field">
        <span class="field-label">{words.picture}</span>
        <select
          class="input"
          value={picture}
          data-testid="picture"
          onChange={(event) => void onPicture(event.currentTarget.value as PictureQuality)}
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
          data-testid="sound"
          onChange={(event) => void onSound(event.currentTarget.value as SoundQuality)}
        >
          {SOUNDS.map((name) => (
            <option key={name} value={name}>
              {words.sounds[name]}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}
