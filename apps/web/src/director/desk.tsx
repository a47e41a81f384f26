import { signal } from '@preact/signals';
import { useEffect, useLayoutEffect } from 'preact/hooks';
import { directorWords } from '../language/director.js';
import { FfmpegNotice } from '../channel/ffmpeg-notice.js';
import { Notice } from '../page/notice.js';
import { SoundGate } from '../stage/sound-gate.js';
import { StageRefused } from '../stage/stage-refused.js';
import { DeviceTroubles } from '../studio/device-troubles.js';
import { listenToHotkeys } from '../studio/hotkeys.js';
import { StudioChat } from '../studio/studio-chat.js';
import { listenToDirectorKeys } from './director-keys.js';
import { DirectorHelp } from './director-help.js';
import type { Director } from './director.js';
import { GuestBoard } from './guest-board.js';
import { InviteDialog } from './invite-dialog.js';
import { LayoutPicker } from './layout-picker.js';
import { Monitor, MonitorSwitch } from './monitor.js';
import { ScenePanel } from './scene-panel.js';
import { ShowBar } from './show-bar.js';

const FAULT_SHOWN_MS = 8000;
const helpOpen = signal(false);
const inviteOpen = signal(false);

/** The stage in the hands of who directs it: monitor, layouts, everybody on it, the scene and the chat. */
export function Desk({ director }: { director: Director }) {
  const words = directorWords.value;
  const { studio } = director;
  const room = director.room.value;
  const takesPart = director.ownGuest.value !== null;
  // Before the next paint: a key that is pressed at once must be heard.
  useLayoutEffect(
    () =>
      listenToDirectorKeys((key) => {
        if (key === 'help') helpOpen.value = true;
        else if (key === 'undo') void director.undo();
        else void director.choose(key);
      }),
    [director],
  );
  useLayoutEffect(
    () => (takesPart ? listenToHotkeys(studio.sources, () => (helpOpen.value = true)) : undefined),
    [takesPart, studio],
  );
  const end = room?.over.value;
  if (end !== undefined && end.reason !== 'left')
    return <Gone director={director} isRemoved={end.reason === 'removed'} />;
  if (director.stage.value === undefined) {
    return (
      <p class="quiet" role="status">
        {words.connecting}
      </p>
    );
  }
  if (director.directs.value === false) {
    return (
      <Notice tone="info">
        <p data-testid="not-allowed">{words.notAllowed}</p>
      </Notice>
    );
  }
  return (
    <div class="desk" data-testid="stage-desk" data-line={room?.line.value}>
      <div class="desk-head">
        <ShowBar
          director={director}
          onInvite={() => (inviteOpen.value = true)}
          onKeys={() => (helpOpen.value = true)}
        />
        <Troubles director={director} />
      </div>
      <div class="desk-view">
        <Monitor director={director} />
        <div class="desk-choice">
          <MonitorSwitch />
          <LayoutPicker director={director} />
        </div>
      </div>
      <GuestBoard director={director} />
      <div class="desk-aside">
        <ScenePanel director={director} />
        <div class="studio-chat">
          <StudioChat channel={studio.channel} />
        </div>
      </div>
      <InviteDialog channel={studio.channel} mayInvite={studio.isOwner.value} open={inviteOpen} />
      <DirectorHelp open={helpOpen} />
    </div>
  );
}

function Troubles({ director }: { director: Director }) {
  const words = directorWords.value;
  const room = director.room.value;
  const fault = director.fault.value;
  useEffect(() => {
    if (fault === undefined) return;
    const timer = setTimeout(() => (director.fault.value = undefined), FAULT_SHOWN_MS);
    return () => clearTimeout(timer);
  }, [fault, director]);
  const isNotSent = room?.media !== undefined && ['replaced', 'refused'].includes(room.media.broadcast.state.value);
  const isLost = room?.line.value === 'lost';
  return (
    <>
      {room !== undefined && <SoundGate room={room} />}
      <FfmpegNotice />
      {isLost && (
        <Notice tone="info">
          <p data-testid="line-lost">{words.lost}</p>
        </Notice>
      )}
      {isNotSent && (
        <Notice tone="error">
          <p>{words.notSent}</p>
          <button type="button" class="button" data-testid="send-again" onClick={() => room.publish()}>
            {words.sendAgain}
          </button>
        </Notice>
      )}
      {fault !== undefined && (
        <div class="desk-toast">
          <Notice tone="error">
            <p data-testid="fault">{words.faults[fault instanceof StageRefused ? fault.code : 'server']}</p>
            {fault instanceof StageRefused && fault.code === 'conflict' && <p class="hint">{fault.detail}</p>}
          </Notice>
        </div>
      )}
      <DeviceTroubles sources={director.studio.sources} />
    </>
  );
}

function Gone({ director, isRemoved }: { director: Director; isRemoved: boolean }) {
  const words = directorWords.value;
  return (
    <Notice tone="error" title={isRemoved ? words.removed : words.notAllowed}>
      <button type="button" class="button" data-testid="stage-again" onClick={() => director.startOver()}>
        {words.again}
      </button>
    </Notice>
  );
}
