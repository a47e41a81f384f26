import { deviceWords } from '../language/device.js';
import { guestWords } from '../language/guest.js';
import { studioWords } from '../language/studio.js';
import { Notice } from '../page/notice.js';
import type { StageRoom } from '../stage/stage-room.js';
import type { GuestVisit } from './guest-visit.js';

/** What stands between the guest and the others, and what can be done about it. */
export function StageTroubles({ visit, room }: { visit: GuestVisit; room: StageRoom }) {
  const words = guestWords.value;
  const { sources } = visit;
  const self = room.self.value;
  const screenTrouble = room.screen.trouble.value;
  return (
    <>
      {room.line.value === 'lost' && (
        <Notice tone="info">
          <p data-testid="line-lost">{words.lineLost}</p>
        </Notice>
      )}
      <Sending visit={visit} />
      {self?.mutedByDirector === true && !sources.microphoneOn.value && (
        <Notice tone="info">
          <p data-testid="silenced">{words.silenced}</p>
          <button type="button" class="button" data-testid="unmute" onClick={() => sources.turnMicrophone(true)}>
            {words.unmute}
          </button>
        </Notice>
      )}
      {room.screen.track.value !== null && (
        <Notice tone="info">
          <p data-testid="sharing">{words.sharing}</p>
        </Notice>
      )}
      {screenTrouble !== undefined && screenTrouble !== 'insecure' && (
        <Notice tone="error" title={deviceWords.value.names.screen}>
          <p>{deviceWords.value.errors[screenTrouble]}</p>
        </Notice>
      )}
    </>
  );
}

function Sending({ visit }: { visit: GuestVisit }) {
  const words = guestWords.value;
  const { state, refusal, quality, advice } = visit.broadcast;
  const again = () => visit.room.value?.publish();
  if (state.value === 'replaced') {
    return (
      <Notice tone="error">
        <p data-testid="elsewhere">{words.elsewhere}</p>
        <button type="button" class="button" onClick={again}>
          {words.here}
        </button>
      </Notice>
    );
  }
  if (state.value === 'refused') {
    return (
      <Notice tone="error">
        <p data-testid="not-sent">{words.notSent(refusal.value?.detail ?? '')}</p>
        <button type="button" class="button" onClick={again}>
          {words.tryAgain}
        </button>
      </Notice>
    );
  }
  if (state.value === 'connecting' || state.value === 'reconnecting') {
    return <p role="status">{words.sending[state.value]}</p>;
  }
  const advised = advice.value;
  if (advised === undefined || quality.value === undefined) return null;
  return (
    <Notice tone="info">
      <p>{studioWords.value.health[quality.value.level]}</p>
      <button type="button" class="button" onClick={() => void visit.choosePicture(advised)}>
        {studioWords.value.advise(advised)}
      </button>
    </Notice>
  );
}
