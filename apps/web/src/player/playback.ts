import { signal } from '@preact/signals';
import { recallSound, rememberSound } from './sound-memory.js';

const VOLUME_STEP = 0.05;
const STILL_AT_MOST_MS = 6000;

/** How a place for pictures begins. */
export interface PlaybackOptions {
  /** Out of sight: silent, whatever the viewer wants elsewhere. */
  readonly hidden?: boolean;
  /** Instead of what the viewer chose last. */
  readonly muted?: boolean | undefined;
}

/** One video element: pausing, sound as the viewer wants it, and the last picture while the source changes. */
export class Playback {
  readonly video = document.createElement('video');
  /** Lies over the video, and has the last picture while it is not hidden. */
  readonly still = document.createElement('canvas');
  readonly muted = signal(true);
  readonly volume = signal(1);
  /** Paused by the viewer, or because the browser wants to be asked. */
  readonly paused = signal(false);
  readonly #hidden: boolean;
  #wantsSound: boolean;
  #stillTimer: ReturnType<typeof setTimeout> | undefined;

  constructor({ hidden = false, muted }: PlaybackOptions = {}) {
    const { video, still } = this;
    const sound = recallSound();
    this.#hidden = hidden;
    this.#wantsSound = !hidden && !(muted ?? sound.muted);
    still.hidden = true;
    video.playsInline = true;
    video.muted = true;
    if (hidden) return;
    video.dataset['testid'] = 'video';
    video.volume = sound.volume;
    this.volume.value = sound.volume;
    video.addEventListener('volumechange', () => {
      this.muted.value = video.muted || video.volume === 0;
      this.volume.value = video.volume;
    });
    video.addEventListener('play', () => (this.paused.value = false));
    video.addEventListener('pause', () => (this.paused.value = true));
  }

  /** Plays, with sound when the viewer wants it and the browser allows it. */
  async play(): Promise<void> {
    const { video } = this;
    if (this.#wantsSound) {
      video.muted = false;
      try {
        await video.play();
        return;
      } catch (error) {
        if (!isForbidden(error)) return;
        video.muted = true;
      }
    }
    await video.play().catch((error: unknown) => {
      if (isForbidden(error)) this.paused.value = true;
    });
  }

  /** Freezes the picture and the sound, or goes on. */
  togglePlay(): void {
    if (this.video.paused) void this.video.play().catch(() => undefined);
    else this.video.pause();
  }

  /** Turns sound on or off, as the viewer asked. */
  toggleMute(): void {
    const { video } = this;
    if (video.volume === 0) video.volume = 0.5;
    video.muted = !this.muted.value;
    this.#wantsSound = !video.muted;
    if (video.paused) void video.play().catch(() => undefined);
    this.#remember();
  }

  /** Sets the volume, 0 to 1; anything audible also turns sound on. */
  setVolume(volume: number): void {
    const { video } = this;
    video.volume = Math.min(1, Math.max(0, volume));
    video.muted = video.volume === 0;
    this.#wantsSound = !video.muted;
    this.#remember();
  }

  /** Turns the volume up or down by a twentieth. */
  stepVolume(direction: 1 | -1): void {
    this.setVolume(Math.round((this.video.volume + direction * VOLUME_STEP) * 100) / 100);
  }

  /** Keeps the picture that is shown until the next source has one; call before the source changes. */
  keepPicture(): void {
    const { video, still } = this;
    if (this.#hidden || video.videoWidth === 0 || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return;
    [still.width, still.height] = [video.videoWidth, video.videoHeight];
    still.getContext('2d')?.drawImage(video, 0, 0);
    still.hidden = false;
  }

  /** Shows the picture of the new source as soon as there is one; call after the source changed. */
  awaitPicture(): void {
    if (this.still.hidden) return;
    clearTimeout(this.#stillTimer);
    const reveal = () => {
      clearTimeout(this.#stillTimer);
      this.still.hidden = true;
    };
    this.#stillTimer = setTimeout(reveal, STILL_AT_MOST_MS);
    onNextPicture(this.video, reveal);
  }

  #remember(): void {
    rememberSound({ muted: this.video.muted, volume: this.video.volume });
  }
}

/** Calls once when the next picture of the element is there; `loadeddata` counts too, as an unseen page draws none. */
export function onNextPicture(video: HTMLVideoElement, act: () => void): void {
  let done = false;
  const once = () => {
    if (!done) act();
    done = true;
  };
  if ('requestVideoFrameCallback' in video) {
    video.requestVideoFrameCallback(once);
    if (!document.hidden) return;
  }
  (video as HTMLVideoElement).addEventListener('loadeddata', once, { once: true });
}

function isForbidden(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'NotAllowedError';
}
