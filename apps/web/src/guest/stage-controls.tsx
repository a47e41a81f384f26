import { guestWords } from '../language/guest.js';
import { ConfirmButton } from '../page/confirm-button.js';
import { Icon } from '../page/icon.js';
import type { StageRoom } from '../stage/stage-room.js';
import { canShareScreen } from '../studio/capture.js';
import { QuickControls } from '../studio/quick-controls.js';
import type { GuestVisit } from './guest-visit.js';

interface StageControlsProps {
  visit: GuestVisit;
  room: StageRoom;
  onHelp: () => void;
}

/** What is needed in a hurry, always in reach: microphone, camera, screen, and the way out. */
export function StageControls({ visit, room, onHelp }: StageControlsProps) {
  const words = guestWords.value;
  const isSharing = room.screen.track.value !== null;
  return (
    <div class="guest-controls">
      <QuickControls sources={visit.sources} onHelp={onHelp} />
      {canShareScreen() && (
        <button
          type="button"
          class={isSharing ? 'button button-stop' : 'button'}
          data-testid="share-screen"
          onClick={() => (isSharing ? room.screen.stop() : void room.screen.start())}
        >
          <Icon name="screen" />
          <span class="control-words">{isSharing ? words.stopScreen : words.shareScreen}</span>
        </button>
      )}
      <ConfirmButton
        label={words.leave}
        question={words.leaveQuestion}
        text={words.leaveText}
        yes={words.leaveYes}
        no={words.leaveNo}
        slim={false}
        testId="leave"
        onConfirm={() => void room.leave()}
      />
    </div>
  );
}
