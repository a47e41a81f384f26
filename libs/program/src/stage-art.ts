import type { Layer, Picture, Size } from '@weir/stage';
import type { ImageShelf } from './image-shelf.js';
import { slateCard } from './slate-card.js';
import { textPicture } from './text-picture.js';

const MOST_KEPT = 32;

/** Everything on a stage that is not a guest: drawn once for its size, then kept. */
export class StageArt {
  readonly #canvas: Size;
  readonly #images: ImageShelf;
  readonly #kept = new Map<string, Picture | undefined>();

  constructor(canvas: Size, images: ImageShelf) {
    this.#canvas = canvas;
    this.#images = images;
  }

  /** The picture of a layer; undefined for a guest, and for what cannot be drawn or is not there yet. */
  picture({ source, rect, fit }: Layer): Picture | undefined {
    switch (source.type) {
      case 'guest':
        return undefined;
      case 'image':
        return this.#images.picture(source.image, rect, fit);
      case 'slate':
        return this.#keep(`slate ${source.card ?? ''} ${source.title}`, () =>
          slateCard(source.title, this.#canvas, undefined, source.card),
        );
      case 'text':
        return this.#keep(`${source.style} ${rect.width}x${rect.height} ${source.text}`, () =>
          textPicture(source.style, source.text, rect),
        );
    }
  }

  #keep(key: string, draw: () => Picture | undefined): Picture | undefined {
    if (this.#kept.has(key)) return this.#kept.get(key);
    // The oldest goes: a scene has fewer layers than are kept.
    if (this.#kept.size >= MOST_KEPT) this.#kept.delete(this.#kept.keys().next().value!);
    const picture = draw();
    this.#kept.set(key, picture);
    return picture;
  }
}
