import type { ProgramStatus } from '@weir/contract';
import { bitrateText } from '../language/format.js';
import { studioWords } from '../language/studio.js';
import type { QualityCause } from '../media/connection-quality.js';
import type { MediaFigures } from '../media/media-figures.js';
import type { Studio } from './studio.js';

/** How good the connection is, what is wrong with it, and what to do. */
export function LiveHealth({ studio }: { studio: Studio }) {
  const words = studioWords.value;
  const { broadcast, pictureBefore, sources } = studio;
  const [quality, figures, advice] = [broadcast.quality.value, broadcast.figures.value, broadcast.advice.value];
  const before = pictureBefore.value;
  if (quality === undefined || figures === undefined) return null;
  return (
    <div class="health">
      <p class={`health-level health-${quality.level}`} data-testid="health">
        <span class="bars" aria-hidden="true">
          <i />
          <i />
          <i />
          <i />
        </span>
        {words.health[quality.level]}
      </p>
      <p class={quality.cause === 'none' ? 'hint' : 'hint hint-warn'} data-testid="health-sentence">
        {sentence(quality.cause, figures)}
      </p>
      <p class="unseen" role="status">
        {['poor', 'bad'].includes(quality.level) ? words.health[quality.level] : ''}
      </p>
      {advice !== undefined && (
        <button
          type="button"
          class="button button-slim"
          data-testid="take-advice"
          onClick={() => void studio.takeAdvice(advice)}
        >
          {words.advise(advice)}
        </button>
      )}
      {before !== undefined && (
        <p class="studio-line hint" role="status">
          {words.advised(sources.choices.value.picture)}
          <button type="button" class="button button-slim" onClick={() => void studio.choosePicture(before)}>
            {words.undo(before)}
          </button>
        </p>
      )}
    </div>
  );
}

/** What the server says of HLS and recording, where it could not do what was asked. */
export function ProgramHealth({ program: { reason, droppedRungs } }: { program: ProgramStatus }) {
  const words = studioWords.value;
  return (
    <>
      {droppedRungs.length > 0 && (
        <p class="hint hint-warn" data-testid="dropped-rungs">
          {words.droppedRungs(droppedRungs.join(', '))}
        </p>
      )}
      {reason !== null && (
        <p class="hint hint-warn" data-testid="program-reason">
          {words.programReason(reason)}
        </p>
      )}
    </>
  );
}

function sentence(cause: QualityCause, figures: MediaFigures): string {
  const words = studioWords.value.causes;
  switch (cause) {
    case 'loss':
      return words.loss(`${Math.max(1, Math.round(figures.loss * 100))} %`);
    case 'distance':
      return words.distance(Math.round(figures.roundTripMs ?? 0));
    case 'frames':
      return words.frames(Math.round(figures.framesPerSecond ?? 0));
    case 'bandwidth':
      return words.bandwidth(bitrateText(figures.availableBps ?? figures.bitrateBps));
    default:
      return words[cause]();
  }
}
