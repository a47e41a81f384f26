import type { StageImage } from '@weir/contract';
import { drawCard, drawText, type Layer, type Size, type StageCard } from '@weir/stage';

const MOST_KEPT = 32;

/** Fetches the file of an image. */
export type LoadImage = (image: StageImage) => Promise<Blob>;

/** Everything of a scene that is not a guest, drawn once for its size, then kept. */
export class PreviewArt {
  readonly #load: LoadImage;
  readonly #drawn = new Map<string, HTMLCanvasElement>();
  /** By address; undefined while it is loaded, and where it cannot be. */
  readonly #images = new Map<string, ImageBitmap | undefined>();
  #listed: readonly StageImage[] = [];
  #isClosed = false;

  constructor(load: LoadImage) {
    this.#load = load;
  }

  /** The images that layers may name from now on. */
  set images(images: readonly StageImage[]) {
    if (images === this.#listed) return;
    this.#listed = images;
    const addresses = new Set(images.map(({ url }) => url));
    for (const address of this.#images.keys()) if (!addresses.has(address)) this.#forget(address);
  }

  /** The picture of a layer; undefined for a guest, and for what is not there yet. */
  picture({ source, rect }: Layer, canvas: Size): HTMLCanvasElement | ImageBitmap | undefined {
    switch (source.type) {
      case 'guest':
        return undefined;
      case 'image':
        return this.#image(source.image);
      case 'slate': {
        const card: StageCard = source.card ?? 'be-right-back';
        return this.#keep(`slate ${card} ${source.title}`, canvas, (context) =>
          drawCard(context, card, source.title, canvas),
        );
      }
      case 'text':
        return this.#keep(`${source.style} ${rect.width}x${rect.height} ${source.text}`, rect, (context) =>
          drawText(context, source.style, source.text, rect),
        );
    }
  }

  /** Draws all text anew: its font is there. */
  redraw(): void {
    this.#drawn.clear();
  }

  /** Loads nothing any more; idempotent. */
  close(): void {
    this.#isClosed = true;
    for (const address of this.#images.keys()) this.#forget(address);
  }

  #image(name: string): ImageBitmap | undefined {
    const image = this.#listed.find((one) => one.name === name);
    if (image === undefined) return undefined;
    if (!this.#images.has(image.url)) {
      this.#images.set(image.url, undefined);
      void this.#fetch(image);
    }
    return this.#images.get(image.url);
  }

  async #fetch(image: StageImage): Promise<void> {
    try {
      const bitmap = await createImageBitmap(await this.#load(image));
      if (this.#isClosed || !this.#images.has(image.url)) bitmap.close();
      else this.#images.set(image.url, bitmap);
    } catch {
      // The program shows nothing in its place either.
    }
  }

  #forget(address: string): void {
    this.#images.get(address)?.close();
    this.#images.delete(address);
  }

  #keep(key: string, size: Size, draw: (context: CanvasRenderingContext2D) => void): HTMLCanvasElement | undefined {
    const known = this.#drawn.get(key);
    if (known !== undefined) return known;
    // The oldest goes: a scene has fewer layers than are kept.
    if (this.#drawn.size >= MOST_KEPT) this.#drawn.delete(this.#drawn.keys().next().value!);
    const canvas = document.createElement('canvas');
    canvas.width = size.width;
    canvas.height = size.height;
    const context = canvas.getContext('2d');
    if (context === null) return undefined;
    draw(context);
    this.#drawn.set(key, canvas);
    return canvas;
  }
}
