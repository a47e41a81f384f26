/** What a choice between simulcast layers looks at. */
export interface LayerFacts {
  /** Width times height; 0 while unknown. */
  readonly pixels: number;
  /** Bits a second, measured. */
  readonly bitrateBps: number;
  /** Milliseconds since its last packet. */
  readonly silentMs: number;
}

const SILENT_MS = 1500;

/** Index of the best layer that still sends; the current one when none is better; -1 without layers. */
export function chooseLayer(layers: readonly LayerFacts[], current: number): number {
  let best = current < layers.length ? current : -1;
  for (let index = 0; index < layers.length; index++) {
    if (index === best) continue;
    const layer = layers[index]!;
    if (layer.silentMs > SILENT_MS) continue;
    const kept = best < 0 ? undefined : layers[best]!;
    if (kept === undefined || kept.silentMs > SILENT_MS || better(layer, kept)) best = index;
  }
  return best;
}

function better(a: LayerFacts, b: LayerFacts): boolean {
  if (a.pixels !== 0 && b.pixels !== 0 && a.pixels !== b.pixels) return a.pixels > b.pixels;
  return a.bitrateBps > b.bitrateBps * 1.2;
}
