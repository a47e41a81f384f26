import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { nameHue } from './name-hue.js';

const style = (file: string) => readFileSync(new URL(`../style/${file}.css`, import.meta.url), 'utf8');
const hues = Array.from({ length: 24 }, (_, index) => index * 15);

describe('nameHue', () => {
  it('gives the same author the same hue, and different authors different ones', () => {
    expect(nameHue('a:1')).toBe(nameHue('a:1'));
    const given = new Set(Array.from({ length: 500 }, (_, index) => nameHue(`g:${index}`)));
    expect([...given].toSorted((one, other) => one - other)).toEqual(hues);
  });

  it('keeps a contrast of 4.5 to every ground that a name stands on, in both themes (WCAG 2.2, 1.4.3)', () => {
    const [, light, dark] =
      /\.said-name \{[^}]*light-dark\(oklch\(([\d. ]+) var\(--hue\)\), oklch\(([\d. ]+) var\(--hue\)\)\)/s.exec(
        style('chat'),
      ) ?? [];
    const tokens = style('tokens');
    const contrasts = ['panel', 'field', 'accent-soft'].flatMap((name) => {
      const [, ...grounds] = new RegExp(`--${name}: light-dark\\((#\\w{6}), (#\\w{6})\\)`).exec(tokens) ?? [];
      return [light, dark].flatMap((colour, theme) => {
        const [lightness = 0, chroma = 0] = (colour ?? '').split(' ').map(Number);
        return hues.map((hue) => contrast(ofOklch(lightness, chroma, hue), ofHex(grounds[theme] ?? '')));
      });
    });
    expect(contrasts).toHaveLength(144);
    expect(Math.min(...contrasts)).toBeGreaterThan(4.5);
  });
});

/** Linear sRGB of an OKLCH colour (CSS Color 4, 9.2), cut to what a screen shows. */
function ofOklch(lightness: number, chroma: number, hue: number): number[] {
  const [a, b] = [chroma * Math.cos((hue * Math.PI) / 180), chroma * Math.sin((hue * Math.PI) / 180)];
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ].map((value) => Math.min(1, Math.max(0, value)));
}

function ofHex(hex: string): number[] {
  return [1, 3, 5].map((place) => {
    const value = Number.parseInt(hex.slice(place, place + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
}

function contrast(one: number[], other: number[]): number {
  const [low = 0, high = 0] = [one, other]
    .map(([r = 0, g = 0, b = 0]) => 0.2126 * r + 0.7152 * g + 0.0722 * b)
    .toSorted((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}
