import { directorWords } from '../language/director.js';
import { Icon } from '../page/icon.js';
import type { IconName } from '../page/icon.js';
import type { Director } from './director.js';
import { OwnDevices } from './own-devices.js';

/** One's own microphone, camera and screen on the stage; for who only directs, the way onto it. */
export function OwnControls({ director }: { director: Director }) {
  const words = directorWords.value;
  const { sources, broadcast } = director.studio;
  const room = director.room.value;
  if (room === undefined) return null;
  if (director.ownGuest.value === null) {
    if (broadcast.running.value || room.you.value === undefined) return null;
    return (
      <div class="own-controls" role="group" aria-label={words.self}>
        <button
          type="button"
          class="button"
          aria-busy={director.entering.value}
          data-testid="join-in"
          onClick={() => void director.takePart('camera')}
        >
          <Icon name="camera" />
          {words.joinIn}
        </button>
      </div>
    );
  }
  const { microphoneOn, cameraOn, microphone, video } = sources;
  const isSharing = room.screen.track.value !== null;
  return (
    <div class="own-controls" role="group" aria-label={words.self}>
      {microphone.value !== null && (
        <OwnButton
          icon={microphoneOn.value ? 'microphone' : 'silenced'}
          label={microphoneOn.value ? words.microphoneOff : words.microphoneOn}
          isOff={!microphoneOn.value}
          keys="M Control+D"
          testId="own-microphone"
          onClick={() => sources.turnMicrophone(!microphoneOn.value)}
        />
      )}
      {video.value !== null && (
        <OwnButton
          icon={cameraOn.value ? 'camera' : 'blind'}
          label={cameraOn.value ? words.cameraOff : words.cameraOn}
          isOff={!cameraOn.value}
          keys="V Control+E"
          testId="own-camera"
          onClick={() => sources.turnCamera(!cameraOn.value)}
        />
      )}
      <OwnButton
        icon="screen"
        label={isSharing ? words.shareEnd : words.share}
        isOff={false}
        testId="own-screen"
        pressed={isSharing}
        onClick={() => (isSharing ? room.screen.stop() : void room.screen.start())}
      />
      <OwnDevices director={director} />
      <OwnButton
        icon="leave"
        label={`${words.leave}. ${words.leaveHint}`}
        isOff={false}
        testId="leave-stage"
        onClick={() => void director.leaveStage()}
      />
    </div>
  );
}

interface OwnButtonProps {
  icon: IconName;
  /** What it does next. */
  label: string;
  isOff: boolean;
  pressed?: boolean;
  keys?: string;
  testId: string;
  onClick: () => void;
}

function OwnButton({ icon, label, isOff, pressed, keys, testId, onClick }: OwnButtonProps) {
  const looks = isOff ? ' quick-off' : pressed === true ? ' own-sharing' : '';
  return (
    <button
      type="button"
      class={`quick-button${looks}`}
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
