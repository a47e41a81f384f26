const HUES = 24;

/** The colour of an author's name: one of 24 hues, degrees; lightness and chroma stand in chat.css and keep the contrast. */
export function nameHue(author: string): number {
  // FNV-1a, 32 bits.
  let hash = 0x811c9dc5;
  for (const letter of author) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return ((hash >>> 8) % HUES) * (360 / HUES);
}
