import { bitrateText, text } from '../language/language.js';
import type { MediaFigures } from '../media/media-figures.js';
import type { Player } from './player.js';

/** One line of figures about what is playing. */
export function StatsLine({ player }: { player: Player }) {
  const figures = player.figures.value;
  return (
    <p class="stats" data-testid="stats">
      {figures === undefined ? '…' : partsOf(figures).join(' · ')}
    </p>
  );
}

function partsOf(figures: MediaFigures): string[] {
  const words = text.value.watch;
  const parts = [
    figures.width === undefined ? undefined : `${figures.width}×${figures.height}`,
    figures.framesPerSecond === undefined ? undefined : `${Math.round(figures.framesPerSecond)} fps`,
    [figures.videoCodec, figures.audioCodec].filter((codec) => codec !== undefined).join(' + '),
    bitrateText(figures.bitrateBps),
    `${words.loss} ${(figures.loss * 100).toFixed(1)} %`,
    figures.roundTripMs === undefined ? undefined : `RTT ${Math.round(figures.roundTripMs)} ms`,
    figures.bufferMs === undefined ? undefined : `${words.buffer} ${Math.round(figures.bufferMs)} ms`,
  ];
  return parts.filter((part) => part !== undefined).filter((part) => part !== '');
}
