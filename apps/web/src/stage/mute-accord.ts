import { effect, untracked } from '@preact/signals';
import type { StageGuest } from '@weir/contract';
import type { Sources } from '../studio/sources.js';

const AGAIN_MS = 1000;

/**
 * Keeps a guest's microphone and what the stage is told of it the same: who mutes here is muted for all, and who a director silenced finds the
 * microphone off, and may switch it on again.
 */
export class MuteAccord {
  readonly #end: () => void;
  #wasSilenced = false;
  #told: boolean | undefined;
  #isTelling = false;
  #isClosed = false;

  /** `tell` passes on whether the guest is muted, and rejects when that did not get through. */
  constructor(
    private readonly sources: Pick<Sources, 'microphoneOn' | 'turnMicrophone'>,
    private readonly tell: (muted: boolean) => Promise<void>,
  ) {
    this.#end = effect(() => {
      void this.sources.microphoneOn.value;
      untracked(() => void this.#settle());
    });
  }

  /** Takes what the server told of oneself; `isFirst` after entering, when it knows nothing newer. */
  take(self: StageGuest, isFirst: boolean): void {
    const isSilenced = self.mutedByDirector && !this.#wasSilenced;
    this.#wasSilenced = self.mutedByDirector;
    // Who was muted before he reloaded the page stays so.
    const isAgain = isFirst && this.#told === undefined && self.muted;
    if (isFirst || isSilenced) this.#told = self.muted;
    if (isSilenced || isAgain) this.sources.turnMicrophone(false);
    if (isFirst) void this.#settle();
  }

  /** Tells nothing more; idempotent. */
  close(): void {
    this.#isClosed = true;
    this.#end();
  }

  async #settle(): Promise<void> {
    if (this.#isTelling) return;
    this.#isTelling = true;
    for (;;) {
      const muted = !this.sources.microphoneOn.peek();
      if (this.#isClosed || this.#told === undefined || this.#told === muted) break;
      try {
        await this.tell(muted);
        this.#told = muted;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
      }
    }
    this.#isTelling = false;
  }
}
