/** A colour that belongs to a name: a hue of OKLCH in degrees, between moss and dusk. */
export function hueOf(name: string): number {
  let hash = 0;
  for (const letter of name) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 360;
  return 130 + (hash % 130);
}
