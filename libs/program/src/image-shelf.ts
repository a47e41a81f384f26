import { type StillImage, type StillImageOptions, stillImage } from '@weir/ffmpeg';
import { alphaPicture, type Fit, type Picture, type Size } from '@weir/stage';

/** How images are kept. */
export interface ImageShelfOptions {
  readonly ffmpegPath: string;
  /** An image cannot be shown. */
  readonly onFailure: (name: string, why: string) => void;
  /** Default: by an ffmpeg. */
  readonly decode?: (options: StillImageOptions) => Promise<StillImage>;
}

const OPAQUE = 255;
const LONGEST_MS = 15_000;

/** The images of a stage: files by name, and pictures of them as large as they are shown, made when they are asked for. */
export class ImageShelf {
  readonly #options: ImageShelfOptions;
  readonly #files = new Map<string, Uint8Array>();
  readonly #pictures = new Map<string, Picture | undefined>();
  readonly #making = new Set<Promise<void>>();
  readonly #abort = new AbortController();

  constructor(options: ImageShelfOptions) {
    this.#options = options;
  }

  /** The file of an image from now on; undefined for none. */
  put(name: string, file: Uint8Array | undefined): void {
    if (file === undefined) this.#files.delete(name);
    else this.#files.set(name, file);
    for (const key of this.#pictures.keys()) if (key.startsWith(`${name}/`)) this.#pictures.delete(key);
  }

  /** The image in a size; undefined while it is made, and where there is none. */
  picture(name: string, { width, height }: Size, fit: Fit): Picture | undefined {
    const key = `${name}/${width}x${height}/${fit}`;
    const file = this.#files.get(name);
    if (this.#pictures.has(key) || file === undefined) return this.#pictures.get(key);
    this.#pictures.set(key, undefined);
    const making = this.#make(name, file, key, { width, height }, fit).finally(() => this.#making.delete(making));
    this.#making.add(making);
    return undefined;
  }

  /** Resolves when every image that was asked for is made, or cannot be. */
  async settled(): Promise<void> {
    await Promise.all(this.#making);
  }

  /** No image is made any more; idempotent. */
  close(): void {
    this.#abort.abort();
  }

  async #make(name: string, file: Uint8Array, key: string, size: Size, fit: Fit): Promise<void> {
    const { ffmpegPath, decode = stillImage, onFailure } = this.#options;
    try {
      const isCover = fit === 'cover';
      const signal = AbortSignal.any([this.#abort.signal, AbortSignal.timeout(LONGEST_MS)]);
      const image = await decode({ ffmpegPath, file, fit: size, isCover, signal });
      if (this.#files.get(name) === file) this.#pictures.set(key, pictureOf(image));
    } catch (error) {
      if (!this.#abort.signal.aborted) onFailure(name, (error as Error).message);
    }
  }
}

function pictureOf(image: StillImage): Picture {
  const picture = alphaPicture(image, image.rgba);
  const isOpaque = picture.alpha?.every((alpha) => alpha === OPAQUE) ?? true;
  return isOpaque ? { width: picture.width, height: picture.height, data: picture.data } : picture;
}
