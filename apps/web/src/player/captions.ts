import { computed, effect, signal } from '@preact/signals';
import { recall, remember } from '../page/memory.js';

/** Captions in one language. */
export interface CaptionTrack {
  /** BCP 47. */
  readonly language: string;
  readonly label: string;
  /** WebVTT. */
  readonly url: string;
}

/** How large captions are. */
export const CAPTION_SIZES = ['small', 'normal', 'large', 'huge'] as const;
/** What captions stand on. */
export const CAPTION_GROUNDS = ['black', 'half', 'none'] as const;
/** One of the sizes. */
export type CaptionSize = (typeof CAPTION_SIZES)[number];
/** One of the grounds. */
export type CaptionGround = (typeof CAPTION_GROUNDS)[number];

const LANGUAGE_MEMORY = 'weir.captions';
const SIZE_MEMORY = 'weir.caption-size';
const GROUND_MEMORY = 'weir.caption-ground';
/** Counted from the bottom, so that the bar below the picture hides none. */
const LINE = -4;
/** Within this time of new tracks, it is the browser that shows one unasked (HTML 4.8.11.11.3); later, it is the viewer. */
const SETTLED_AFTER_MS = 1500;

/** The captions of one video, off until the viewer wants them; what was chosen is remembered. */
export class Captions {
  readonly tracks = signal<readonly CaptionTrack[]>([]);
  /** Language that is shown; undefined is off. */
  readonly shown = signal<string | undefined>(recall(LANGUAGE_MEMORY) ?? undefined);
  readonly size = signal<CaptionSize>(CAPTION_SIZES.find((one) => one === recall(SIZE_MEMORY)) ?? 'normal');
  readonly ground = signal<CaptionGround>(CAPTION_GROUNDS.find((one) => one === recall(GROUND_MEMORY)) ?? 'black');
  /** Captions are on the picture. */
  readonly isOn = computed(() => this.tracks.value.some(({ language }) => language === this.shown.value));
  readonly #elements: HTMLTrackElement[] = [];
  readonly #stop: () => void;
  #lastShown: string | undefined;
  #placedAtMs = 0;
  readonly #onChange = (): void => this.#changed();

  constructor(private readonly video: HTMLVideoElement) {
    video.textTracks.addEventListener('change', this.#onChange);
    this.#stop = effect(() => {
      this.#place(this.tracks.value);
      this.#apply(this.shown.value);
    });
  }

  /** Shows the captions of a language; undefined shows none. */
  show(language: string | undefined): void {
    this.#lastShown = this.shown.value ?? this.#lastShown;
    this.shown.value = language;
    remember(LANGUAGE_MEMORY, language ?? null);
  }

  /** Switches captions off, or on in the language that was shown last, or else in the first. */
  toggle(): void {
    const tracks = this.tracks.value;
    const again = tracks.find(({ language }) => language === this.#lastShown) ?? tracks[0];
    this.show(this.isOn.value ? undefined : again?.language);
  }

  resize(size: CaptionSize): void {
    this.size.value = size;
    remember(SIZE_MEMORY, size);
  }

  setGround(ground: CaptionGround): void {
    this.ground.value = ground;
    remember(GROUND_MEMORY, ground);
  }

  /** Takes the captions away; idempotent. */
  close(): void {
    this.#stop();
    this.video.textTracks.removeEventListener('change', this.#onChange);
    this.#place([]);
  }

  #place(tracks: readonly CaptionTrack[]): void {
    const isSame =
      tracks.length === this.#elements.length && tracks.every(({ url }, at) => this.#elements[at]?.src.endsWith(url));
    if (isSame) return;
    this.#placedAtMs = performance.now();
    for (const element of this.#elements.splice(0)) element.remove();
    for (const { language, label, url } of tracks) {
      const element = document.createElement('track');
      Object.assign(element, { kind: 'captions', srclang: language, label, src: url });
      element.addEventListener('load', () => raise(element.track));
      this.video.append(element);
      this.#elements.push(element);
    }
  }

  #apply(language: string | undefined): void {
    for (const { track, srclang } of this.#elements) {
      const mode = srclang === language ? 'showing' : 'disabled';
      if (track.mode !== mode) track.mode = mode;
    }
  }

  /** The modes were changed: by this, by the browser, or by the viewer in the browser's own controls, as an iPhone has in full screen. */
  #changed(): void {
    const showing = this.#elements.filter(({ track }) => track.mode === 'showing').map(({ srclang }) => srclang);
    const shown = this.tracks.value.find(({ language }) => language === this.shown.value)?.language;
    if (showing.length <= 1 && showing[0] === shown) return;
    if (performance.now() - this.#placedAtMs < SETTLED_AFTER_MS) this.#apply(this.shown.value);
    else this.show(showing.find((language) => language !== shown));
  }
}

function raise({ cues }: TextTrack): void {
  for (const cue of cues ?? []) {
    if (cue instanceof VTTCue && cue.line === 'auto') [cue.snapToLines, cue.line] = [true, LINE];
  }
}
