const [WIDTH, HEIGHT] = [32, 18];
const DARKEST = 20;
const EVERY_MS = 1500;
const LOOKS = 3;

/** Whether a picture, in bytes of red, green, blue and alpha, has nothing in it that could be seen. */
export function isBlack(pixels: Uint8ClampedArray): boolean {
  for (let at = 0; at < pixels.length; at += 4) {
    if (Math.max(pixels[at]!, pixels[at + 1]!, pixels[at + 2]!) > DARKEST) return false;
  }
  return pixels.length > 0;
}

/** Looks at a playing video now and then, and tells when it has been black three times in a row and when it is no more. */
export class BlackPicture {
  readonly #canvas = new OffscreenCanvas(WIDTH, HEIGHT).getContext('2d', { willReadFrequently: true });
  readonly #timer: ReturnType<typeof setInterval>;
  #blackLooks = 0;

  constructor(
    private readonly video: HTMLVideoElement,
    private readonly onChange: (isBlack: boolean) => void,
  ) {
    this.#timer = setInterval(() => this.#look(), EVERY_MS);
  }

  /** Stops looking; idempotent. */
  close(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    if (this.#canvas === null || this.video.videoWidth === 0 || document.hidden) return;
    this.#canvas.drawImage(this.video, 0, 0, WIDTH, HEIGHT);
    const before = this.#blackLooks >= LOOKS;
    this.#blackLooks = isBlack(this.#canvas.getImageData(0, 0, WIDTH, HEIGHT).data) ? this.#blackLooks + 1 : 0;
    const after = this.#blackLooks >= LOOKS;
    if (before !== after) this.onChange(after);
  }
}
