import type { ConnectionQuality } from '../media/connection-quality.js';
import { PICTURE_PRESETS } from '../media/publish-quality.js';
import type { PictureQuality } from '../media/publish-quality.js';

const PATIENCE_MS = 5000;
const NAMES = Object.keys(PICTURE_PRESETS) as PictureQuality[];

/** Notices when a smaller picture would help: computer or line have been too weak for five seconds. */
export class PresetAdvice {
  #sinceMs: number | undefined;

  /** Takes one judgement and tells which quality to offer, if any. */
  take({ level, cause }: ConnectionQuality, chosen: PictureQuality, atMs: number): PictureQuality | undefined {
    const isWeak = cause === 'cpu' || (cause === 'bandwidth' && level !== 'good');
    if (!isWeak) {
      this.#sinceMs = undefined;
      return undefined;
    }
    this.#sinceMs ??= atMs;
    return atMs - this.#sinceMs >= PATIENCE_MS ? NAMES[NAMES.indexOf(chosen) - 1] : undefined;
  }

  /** Begins to wait anew, as after the quality was changed. */
  reset(): void {
    this.#sinceMs = undefined;
  }
}
