/** Level of silence as RFC 6464 section 3 counts: decibels below overload. */
export const SILENT_LEVEL = 127;

const SPEECH_LEVEL = 50;
const SMOOTHING_MS = 120;
const ATTACK_MS = 300;
const HOLD_MS = 2000;
const HYSTERESIS_DB = 6;
const STALE_MS = 1000;

interface Voice {
  /** Smoothed; decibels below overload. */
  level: number;
  heardMs: number;
  /** Since when it has been louder than who speaks. */
  leadsSinceMs: number | undefined;
}

/**
 * Tells who speaks from levels of sound: a voice that was at least 6 dB louder than the speaker's for 300 ms takes over, at most every two
 * seconds; nobody takes over from silence to silence.
 */
export class SpeakerDetector {
  readonly #voices = new Map<string, Voice>();
  #speaker: string | undefined;
  #sinceMs = Number.NEGATIVE_INFINITY;

  /** Takes the level of a guest, in decibels below overload, 0 to 127 (RFC 6464 section 3). */
  observe(guest: string, level: number, nowMs: number): void {
    const heard = Math.min(SILENT_LEVEL, Math.max(0, level));
    const voice = this.#voices.get(guest);
    if (voice === undefined) {
      this.#voices.set(guest, { level: SILENT_LEVEL, heardMs: nowMs, leadsSinceMs: undefined });
      return;
    }
    const share = 1 - Math.exp(-Math.max(0, nowMs - voice.heardMs) / SMOOTHING_MS);
    voice.level += (heard - voice.level) * share;
    voice.heardMs = nowMs;
  }

  /** A guest is not on the stage any more. */
  forget(guest: string): void {
    this.#voices.delete(guest);
    if (this.#speaker === guest) this.#speaker = undefined;
  }

  /** Who speaks now, or did so last; undefined when nobody has. */
  speaker(nowMs: number): string | undefined {
    const present = this.#speaker === undefined ? SILENT_LEVEL : this.#levelOf(this.#speaker, nowMs);
    let best: string | undefined;
    let bestLevel = SILENT_LEVEL;
    for (const [guest, voice] of this.#voices) {
      if (guest === this.#speaker) continue;
      const level = this.#levelOf(guest, nowMs);
      const isLeading = level < SPEECH_LEVEL && level <= present - HYSTERESIS_DB;
      voice.leadsSinceMs = isLeading ? (voice.leadsSinceMs ?? nowMs) : undefined;
      if (voice.leadsSinceMs === undefined || nowMs - voice.leadsSinceMs < ATTACK_MS || level >= bestLevel) continue;
      best = guest;
      bestLevel = level;
    }
    if (best !== undefined && nowMs - this.#sinceMs >= HOLD_MS) {
      this.#speaker = best;
      this.#sinceMs = nowMs;
      for (const voice of this.#voices.values()) voice.leadsSinceMs = undefined;
    }
    return this.#speaker;
  }

  #levelOf(guest: string, nowMs: number): number {
    const voice = this.#voices.get(guest);
    return voice === undefined || nowMs - voice.heardMs > STALE_MS ? SILENT_LEVEL : voice.level;
  }
}
