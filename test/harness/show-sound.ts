/** Of what is decoded for probing. */
export const SOUND_RATE = 48_000;

/** Tones that should be heard: `level` is the amplitude, 0 to 1; 0 for silence. */
export interface WantedTone {
  readonly name: string;
  readonly hertz: number;
  readonly level: number;
}

const DETUNED = 0.01;
const MOST_SILENT = 0.008;
const LEAST_OF_LEVEL = 0.55;
const MOST_OF_LEVEL = 1.6;

/** Amplitude of a tone in samples of 48 kHz, by Goertzel's algorithm; it may be a hundredth off, as while a delay slews. */
export function toneIn(samples: Float32Array, hertz: number): number {
  let largest = 0;
  for (let detuned = -DETUNED; detuned <= DETUNED; detuned += DETUNED / 8)
    largest = Math.max(largest, goertzel(samples, hertz * (1 + detuned)));
  return largest;
}

/** What differs between sound and the tones that should be in it, a sentence each. */
export function soundFaults(samples: Float32Array, tones: readonly WantedTone[]): string[] {
  return tones.flatMap(({ name, hertz, level }) => {
    const heard = level === 0 ? toneIn(samples, hertz) : usualTone(samples, hertz);
    const isRight = level === 0 ? heard < MOST_SILENT : heard > LEAST_OF_LEVEL * level && heard < MOST_OF_LEVEL * level;
    return isRight ? [] : [`${name} is heard at ${heard.toFixed(3)} instead of ${level.toFixed(3)}`];
  });
}

/** The upper quartile of tenths of a second: those in which a packet was lost do not count. */
function usualTone(samples: Float32Array, hertz: number): number {
  const length = SOUND_RATE / 10;
  const count = Math.floor(samples.length / length);
  const levels = Array.from({ length: count }, (_, index) =>
    toneIn(samples.subarray(index * length, (index + 1) * length), hertz),
  );
  return levels.toSorted((one, other) => one - other)[Math.floor(0.75 * count)] ?? 0;
}

function goertzel(samples: Float32Array, hertz: number): number {
  const angle = (2 * Math.PI * hertz) / SOUND_RATE;
  const factor = 2 * Math.cos(angle);
  let [last, before] = [0, 0];
  let weights = 0;
  for (const [index, sample] of samples.entries()) {
    // Hann's window: a loud tone is not heard in the place of another.
    const weight = 0.5 - 0.5 * Math.cos((2 * Math.PI * index) / samples.length);
    weights += weight;
    const next = weight * sample + factor * last - before;
    before = last;
    last = next;
  }
  return (2 * Math.hypot(last - before * Math.cos(angle), before * Math.sin(angle))) / weights;
}
