import { guestWords } from '../language/guest.js';
import { stageWords } from '../language/stage.js';
import { HotkeyHelp } from '../studio/hotkey-help.js';
import { DeviceNewsList } from '../studio/device-news-list.js';
import { DevicePanel } from '../studio/device-panel.js';
import { DeviceTroubles } from '../studio/device-troubles.js';
import { OwnTile } from '../stage/own-tile.js';
import { ProgramMonitor } from '../stage/program-monitor.js';
import { SoundGate } from '../stage/sound-gate.js';
import { StageTile } from '../stage/stage-tile.js';
import type { StageRoom } from '../stage/stage-room.js';
import { StandingSign } from './standing-sign.js';
import { StageControls } from './stage-controls.js';
import { StageTroubles } from './stage-troubles.js';
import { useHotkeys } from './use-hotkeys.js';
import { useWide } from './use-wide.js';
import type { GuestVisit } from './guest-visit.js';

/** The stage as a guest has it: how he stands, everybody on it, what viewers see, and what is needed in a hurry. */
export function GuestStage({ visit, room }: { visit: GuestVisit; room: StageRoom }) {
  const words = guestWords.value;
  const help = useHotkeys(visit.sources);
  const stage = room.stage.value;
  const others = room.participants.value;
  return (
    <div class="guest" data-testid="guest-stage" data-line={room.line.value}>
      <header class="guest-head">
        <h1>{stage?.title || stage?.channel || words.title}</h1>
        <StandingSign room={room} />
      </header>
      <div class="guest-main">
        <StageTroubles visit={visit} room={room} />
        <SoundGate room={room} />
        <DeviceTroubles sources={visit.sources} />
        <DeviceNewsList sources={visit.sources} />
        <section class="tiles" aria-label={words.people} data-count={others.length + 1}>
          <OwnTile room={room} />
          {others.map((participant) => (
            <StageTile key={participant.id} participant={participant} />
          ))}
        </section>
        {others.length === 0 && (
          <p class="quiet" role="status">
            {stage === undefined ? stageWords.value.connecting : words.alone}
          </p>
        )}
      </div>
      <StageControls visit={visit} room={room} onHelp={() => (help.value = true)} />
      <div class="guest-rest">
        <ProgramPart room={room} />
        <details class="panel guest-devices">
          <summary>{words.changeDevices}</summary>
          <DevicePanel
            sources={visit.sources}
            offers={['camera', 'none']}
            onPicture={(picture) => visit.choosePicture(picture)}
            onSound={(sound) => visit.chooseSound(sound)}
          />
        </details>
        {stage?.recorded === true && <p class="hint">{words.recorded}</p>}
      </div>
      <HotkeyHelp open={help} />
    </div>
  );
}

/** A phone does not receive the program before it is asked to: it has the others to receive. */
function ProgramPart({ room }: { room: StageRoom }) {
  const words = stageWords.value;
  const [isShown, show] = useWide();
  return (
    <section class="panel guest-program" aria-label={words.program}>
      <div class="guest-program-head">
        <h2>{words.program}</h2>
        <button
          type="button"
          class="button button-slim"
          aria-expanded={isShown}
          data-testid="show-program"
          onClick={() => show(!isShown)}
        >
          {isShown ? words.hideProgram : words.showProgram}
        </button>
      </div>
      {isShown && (
        <>
          <ProgramMonitor room={room} />
          <p class="hint">{words.programHint}</p>
        </>
      )}
    </section>
  );
}
