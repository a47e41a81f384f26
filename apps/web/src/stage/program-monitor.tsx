import { useEffect, useState } from 'preact/hooks';
import { stageWords } from '../language/stage.js';
import type { StageRoom } from './stage-room.js';
import { TileVideo } from './tile-video.js';
import '../style/stage.css';

/** The composed program as viewers see it, without its sound; received only while this is shown. */
export function ProgramMonitor({ room }: { room: StageRoom }) {
  const words = stageWords.value;
  const [isPictured, setPictured] = useState(false);
  useEffect(() => room.program.watch(), [room]);
  return (
    <div class="tile-picture program" data-testid="program" data-state={room.program.state.value}>
      <TileVideo stream={room.program.stream.value} label={words.program} onPicture={setPictured} />
      {!isPictured && (
        <div class="tile-cover">
          <span>{room.program.state.value === 'connected' ? words.connecting : words.programOff}</span>
        </div>
      )}
    </div>
  );
}
