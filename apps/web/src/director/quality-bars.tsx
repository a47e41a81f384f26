import type { GuestQuality } from '@weir/contract';
import { directorWords } from '../language/director.js';
import { bitrateText } from '../language/format.js';
import { language } from '../language/language.js';

/** How well a guest comes in, as bars and in words. */
export function QualityBars({ quality }: { quality: GuestQuality }) {
  const words = directorWords.value;
  const text = `${words.quality[quality.level]}: ${factsOf(quality)}`;
  return (
    <span class={`cast-quality cast-quality-${quality.level}`} role="img" aria-label={text} title={text}>
      <i />
      <i />
      <i />
    </span>
  );
}

/** The figures of a quality, in one line. */
export function factsOf({ width, height, framesPerSecond, videoBps, audioBps, lossPercent }: GuestQuality): string {
  const digits = new Intl.NumberFormat(language.value, { maximumFractionDigits: 1 });
  const picture = width > 0 ? `${width} × ${height}` : '–';
  const loss = `${digits.format(lossPercent)} %`;
  return directorWords.value.qualityFacts(picture, Math.round(framesPerSecond), bitrateText(videoBps + audioBps), loss);
}
