import { describe, expect, it } from 'vitest';
import { SOUND_RATE, soundFaults, toneIn } from './show-sound.js';

function sounding(tones: Readonly<Record<number, number>>, seconds = 0.5): Float32Array {
  return new Float32Array(SOUND_RATE * seconds).map((_, index) =>
    Object.entries(tones).reduce((sum, [hertz, level]) => {
      return sum + level * Math.sin((2 * Math.PI * Number(hertz) * index) / SOUND_RATE);
    }, 0),
  );
}

describe('toneIn', () => {
  it('measures the amplitude of a tone beside others', () => {
    const samples = sounding({ 440: 0.15, 700: 0.15, 1100: 0.15 });
    expect(toneIn(samples, 440)).toBeCloseTo(0.15, 2);
    expect(toneIn(samples, 1700)).toBeLessThan(0.001);
  });

  it('measures a tone that is half a hundredth off', () => {
    expect(toneIn(sounding({ 703: 0.15 }), 700)).toBeCloseTo(0.15, 2);
  });
});

describe('soundFaults', () => {
  const anna = { name: 'anna', hertz: 440, level: 0.15 };
  const bert = { name: 'bert', hertz: 700, level: 0 };

  it('finds nothing wrong with tones as wanted', () => {
    expect(soundFaults(sounding({ 440: 0.14 }), [anna, bert])).toEqual([]);
  });

  it('takes a tone for whole whose phase jumps once, as after a packet that was lost', () => {
    const samples = sounding({ 440: 0.15 });
    expect(
      soundFaults(
        samples.map((sample, index) => (index < 12_345 ? sample : -sample)),
        [anna],
      ),
    ).toEqual([]);
  });

  it('finds a tone that is missing, one that should not be there and one of another gain', () => {
    expect(soundFaults(sounding({ 700: 0.02 }), [anna, bert])).toEqual([
      'anna is heard at 0.000 instead of 0.150',
      'bert is heard at 0.020 instead of 0.000',
    ]);
    expect(soundFaults(sounding({ 440: 0.075 }), [anna, bert])).toHaveLength(1);
  });
});
