import { studioWords } from '../language/studio.js';
import { Icon } from '../page/icon.js';
import type { IconName } from '../page/icon.js';
import type { Sources } from './sources.js';

/** What is needed in a hurry, right below the picture. */
export function QuickControls({ sources, onHelp }: { sources: Sources; onHelp: () => void }) {
  const words = studioWords.value;
  const { microphone, microphoneOn, cameraOn, source, video, devices } = sources;
  const isCamera = source.value === 'camera' && video.value !== null;
  const hasSides = video.value?.getSettings().facingMode !== undefined || sources.choices.value.facing !== undefined;
  return (
    <div class="quick" role="group" aria-label={words.source}>
      {microphone.value !== null && (
        <QuickButton
          icon={microphoneOn.value ? 'microphone' : 'silenced'}
          label={microphoneOn.value ? words.muteMicrophone : words.unmuteMicrophone}
          isOff={!microphoneOn.value}
          keys="M Control+D"
          testId="microphone"
          onClick={() => sources.turnMicrophone(!microphoneOn.value)}
        />
      )}
      {isCamera && (
        <QuickButton
          icon={cameraOn.value ? 'camera' : 'blind'}
          label={cameraOn.value ? words.cameraOff : words.cameraOn}
          isOff={!cameraOn.value}
          keys="V Control+E"
          testId="camera"
          onClick={() => sources.turnCamera(!cameraOn.value)}
        />
      )}
      {isCamera && hasSides && devices.value.cameras.length > 1 && (
        <QuickButton
          icon="flip"
          label={words.flipCamera}
          isOff={false}
          testId="flip"
          onClick={() => void sources.flipCamera()}
        />
      )}
      <QuickButton icon="keyboard" label={words.shortcuts} isOff={false} keys="?" testId="hotkeys" onClick={onHelp} />
    </div>
  );
}

interface QuickButtonProps {
  icon: IconName;
  /** What it does next; the state is told by it alone, so that nothing contradicts it. */
  label: string;
  isOff: boolean;
  keys?: string;
  testId: string;
  onClick: () => void;
}

function QuickButton({ icon, label, isOff, keys, testId, onClick }: QuickButtonProps) {
  return (
    <button
      type="button"
      class={isOff ? 'quick-button quick-off' : 'quick-button'}
      title={label}
      aria-label={label}
      aria-keyshortcuts={keys}
      data-testid={testId}
      onClick={onClick}
    >
      <Icon name={icon} />
    </button>
  );
}
