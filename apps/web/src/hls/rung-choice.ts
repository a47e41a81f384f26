import { signal } from '@preact/signals';
import { bitrateText } from '../language/format.js';
import type { QualityChoice } from '../player/player.js';
import { qualitiesOf } from '../player/quality.js';
import type { Quality } from '../player/quality.js';
import type { AdaptiveStream } from './adaptive-stream.js';

/** The rungs of what plays over HLS; a choice outlives a reconnection as long as there is a rung of that name. */
export class RungChoice implements QualityChoice {
  readonly list = signal<readonly Quality[]>([]);
  readonly chosen = signal(-1);
  readonly playing = signal<number | undefined>(undefined);
  #stream: AdaptiveStream | undefined;
  #label: string | undefined;

  /** Is about this stream from now on. */
  attach(stream: AdaptiveStream): void {
    this.#stream = stream;
    this.refresh();
    const wanted = this.list.value.find(({ label }) => label === this.#label);
    if (wanted !== undefined) stream.chooseRung(wanted.index);
  }

  /** Reads the rungs again. */
  refresh(): void {
    const stream = this.#stream;
    if (stream === undefined) return;
    this.list.value = qualitiesOf(stream.rungs, bitrateText);
    this.chosen.value = stream.chosenRung;
    this.playing.value = stream.playingRung;
  }

  choose(index: number): void {
    this.#label = this.list.value.find((quality) => quality.index === index)?.label;
    this.#stream?.chooseRung(index);
    this.refresh();
  }
}
