import { stageWords } from '../language/stage.js';
import { Notice } from '../page/notice.js';
import type { StageRoom } from './stage-room.js';

/** Asks for the click without which a browser plays nobody; nothing while it plays. */
export function SoundGate({ room }: { room: StageRoom }) {
  const words = stageWords.value;
  if (!room.soundBlocked.value) return null;
  return (
    <Notice tone="info">
      <p>{words.soundBlocked}</p>
      <button type="button" class="button button-main" data-testid="allow-sound" onClick={() => room.allowSound()}>
        {words.allowSound}
      </button>
    </Notice>
  );
}
