const MOST_STEP_MS = 250;
/** Whoever is taken off the stage fades out with the last picture. */
const KEPT_MS = 500;

interface GuestVideo {
  readonly element: HTMLVideoElement;
  readonly stream: MediaStream;
  /** Pictures so far. */
  count: number;
  shownMs: number;
  wantedMs: number;
}

/** The pictures of guests, each played without sound in a video element out of sight. */
export class GuestVideos {
  readonly #nursery: HTMLElement;
  readonly #videos = new Map<string, GuestVideo>();
  #seenMs: number | undefined;
  #nowMs = 0;

  constructor(nursery: HTMLElement) {
    this.#nursery = nursery;
  }

  /** A clock that stands while nothing is drawn: what was not looked at has not frozen. */
  get nowMs(): number {
    return this.#nowMs;
  }

  /** Plays the streams of these guests, and soon no others. */
  look(streams: ReadonlyMap<string, MediaStream>, guests: readonly string[], atMs: number): void {
    this.#nowMs += Math.min(MOST_STEP_MS, atMs - (this.#seenMs ?? atMs));
    this.#seenMs = atMs;
    for (const guest of guests) {
      const stream = streams.get(guest);
      if (stream === undefined) continue;
      if (this.#videos.get(guest)?.stream !== stream) this.#add(guest, stream);
      this.#videos.get(guest)!.wantedMs = this.#nowMs;
    }
    for (const [guest, { wantedMs }] of this.#videos) if (this.#nowMs - wantedMs > KEPT_MS) this.#drop(guest);
  }

  /** Whether a guest sends pictures, and one has come. */
  has(guest: string): boolean {
    const video = this.#videos.get(guest);
    return this.picture(guest) !== undefined && video !== undefined && isSent(video.stream);
  }

  /** The element with the present or last picture of a guest; undefined before its first. */
  picture(guest: string): HTMLVideoElement | undefined {
    const video = this.#videos.get(guest);
    return video !== undefined && video.count > 0 && video.element.videoWidth > 0 ? video.element : undefined;
  }

  /** Pictures of a guest so far. */
  count(guest: string): number {
    return this.#videos.get(guest)?.count ?? 0;
  }

  /** Since the last picture of a guest. */
  ageMs(guest: string): number {
    return this.#nowMs - (this.#videos.get(guest)?.shownMs ?? Number.NEGATIVE_INFINITY);
  }

  /** Plays nothing any more; idempotent. */
  close(): void {
    for (const guest of this.#videos.keys()) this.#drop(guest);
  }

  #add(guest: string, stream: MediaStream): void {
    this.#drop(guest);
    const element = document.createElement('video');
    element.muted = true;
    element.playsInline = true;
    element.tabIndex = -1;
    const video: GuestVideo = { element, stream, count: 0, shownMs: Number.NEGATIVE_INFINITY, wantedMs: this.#nowMs };
    this.#videos.set(guest, video);
    this.#follow(guest, video);
    // Some browsers play only what is in the page.
    this.#nursery.append(element);
    element.srcObject = stream;
    void element.play().catch(() => undefined);
  }

  #follow(guest: string, video: GuestVideo): void {
    const { element } = video;
    const hasCallback = tellsPictures(element);
    const took = (): void => {
      if (this.#videos.get(guest) !== video) return;
      video.count += 1;
      video.shownMs = this.#nowMs;
      if (hasCallback) element.requestVideoFrameCallback(took);
    };
    if (hasCallback) element.requestVideoFrameCallback(took);
    else element.addEventListener('timeupdate', took);
  }

  #drop(guest: string): void {
    const video = this.#videos.get(guest);
    this.#videos.delete(guest);
    if (video === undefined) return;
    video.element.srcObject = null;
    video.element.remove();
  }
}

function isSent(stream: MediaStream): boolean {
  return stream.getVideoTracks().some(({ readyState }) => readyState === 'live');
}

function tellsPictures(element: object): boolean {
  return 'requestVideoFrameCallback' in element;
}
