import type { Arrangement, Stage } from '@weir/contract';
import { type Layer, type Scene, STAGE_FONT, StageDirector } from '@weir/stage';
import { GuestVideos } from './guest-videos.js';
import { type LoadImage, PreviewArt } from './preview-art.js';
import { type LayerPicture, paintScene } from './scene-painter.js';
import { standingsOf } from './standings.js';

/** What a preview is drawn of. */
export interface StageSight {
  readonly stage: Stage;
  /** Instead of the stage's. */
  readonly arrangement: Arrangement | undefined;
  readonly streams: ReadonlyMap<string, MediaStream>;
}

/** The picture of a stage on a canvas, as the program would show it now. */
export class StagePicture {
  readonly #element: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D | null;
  readonly #videos: GuestVideos;
  readonly #art: PreviewArt;
  #director: StageDirector | undefined;
  #canvas = '';
  #drawn: readonly unknown[] = [];

  /** Video elements are kept in the nursery. */
  constructor(element: HTMLCanvasElement, nursery: HTMLElement, load: LoadImage) {
    this.#element = element;
    this.#context = element.getContext('2d', { alpha: false });
    this.#videos = new GuestVideos(nursery);
    this.#art = new PreviewArt(load);
    void document.fonts.load(`600 16px "${STAGE_FONT}"`, 'Aa가').then(
      () => this.#redraw(),
      () => undefined,
    );
  }

  /** Draws what there is to see, unless it is what was drawn last. */
  draw({ stage, arrangement = stage.arrangement, streams }: StageSight, atMs: number): void {
    const onAir = arrangement.guests.map(({ guest }) => guest);
    this.#videos.look(streams, onAir, atMs);
    this.#art.images = stage.images;
    const director = this.#directorOf(stage, arrangement);
    director.arrangement = arrangement;
    director.title = stage.title;
    const standings = standingsOf(stage, onAir, this.#videos);
    const scene = director.scene(this.#videos.nowMs, standings, stage.speaker ?? undefined);
    const pictures = scene.layers.map((layer) => this.#pictureOf(layer, scene));
    const counts = scene.layers.map(({ source }) => (source.type === 'guest' ? this.#videos.count(source.guest) : 0));
    const drawn = [scene, ...pictures, ...counts];
    if (drawn.length === this.#drawn.length && drawn.every((part, index) => part === this.#drawn[index])) return;
    this.#drawn = drawn;
    if (this.#context !== null) paintScene(this.#context, scene, pictures);
  }

  /** Draws nothing any more; idempotent. */
  close(): void {
    this.#videos.close();
    this.#art.close();
  }

  #pictureOf(layer: Layer, { canvas }: Scene): LayerPicture | undefined {
    return layer.source.type === 'guest' ? this.#videos.picture(layer.source.guest) : this.#art.picture(layer, canvas);
  }

  #directorOf({ canvas, title }: Stage, arrangement: Arrangement): StageDirector {
    const key = `${canvas.width}x${canvas.height}`;
    if (this.#director !== undefined && this.#canvas === key) return this.#director;
    this.#canvas = key;
    this.#element.width = canvas.width;
    this.#element.height = canvas.height;
    this.#redraw();
    this.#director = new StageDirector(canvas, title, arrangement);
    return this.#director;
  }

  #redraw(): void {
    this.#art.redraw();
    this.#drawn = [];
  }
}
