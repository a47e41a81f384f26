import { bitrateText } from '../language/format.js';
import { pageWords } from '../language/page.js';
import { studioWords } from '../language/studio.js';
import type { Studio } from './studio.js';

/** The figures of a broadcast: who watches, what leaves, and how it travels. */
export function LiveFacts({ studio }: { studio: Studio }) {
  const words = studioWords.value.facts;
  const figures = studio.broadcast.figures.value;
  const rows: [string, string | undefined][] = [[words.viewers, viewersText(studio)]];
  if (figures !== undefined) {
    const { width, height, framesPerSecond, videoCodec, roundTripMs } = figures;
    const picture = [
      height === undefined ? undefined : `${width}×${height}`,
      framesPerSecond === undefined ? undefined : `${Math.round(framesPerSecond)} fps`,
      videoCodec,
    ];
    rows.push(
      [words.bitrate, bitrateText(figures.bitrateBps)],
      [words.picture, picture.filter((part) => part !== undefined).join(' · ') || undefined],
      [words.roundTrip, roundTripMs === undefined ? undefined : `${Math.round(roundTripMs)} ms`],
      [words.loss, `${(figures.loss * 100).toFixed(1)} %`],
    );
  }
  return (
    <dl class="facts numbers" data-testid="stats">
      {rows.map(([name, value]) =>
        value === undefined ? null : (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}

function viewersText({ facts, ingest, isOwner }: Studio): string | undefined {
  const words = studioWords.value.facts;
  const told = isOwner.value ? ingest.status.value?.viewers : undefined;
  if (told !== undefined) return `${words.realTime(told.realTime)} · ${words.hls(told.hls)}`;
  const count = facts.value?.viewers;
  return count === undefined ? undefined : pageWords.value.viewers(count);
}
