import {
  createPicture,
  fillPicture,
  GainRamp,
  greyOut,
  type Layer,
  type LayerSource,
  Limiter,
  type Picture,
  PictureKernels,
  PicturePainter,
  place,
  RoundCorners,
  SAMPLE_RATE,
  type Scene,
  type Size,
} from '@weir/stage';

/** What the mixer gets for a tick. */
export interface MixerInputs {
  /** The picture of a layer's source; undefined when it has none. The same object means the same picture. */
  picture(source: LayerSource, layer: Layer): Picture | undefined;
  /** Fills the block with a guest's sound. */
  sound(guest: string, block: Float32Array): void;
}

/** Makes one picture and one block of sound of each scene, out of what its guests have. */
export class Mixer {
  readonly #inputs: MixerInputs;
  readonly #painter: PicturePainter;
  readonly #corners = new RoundCorners();
  readonly #canvas: Picture;
  readonly #ramps = new Map<string, GainRamp>();
  readonly #limiter = new Limiter();
  readonly #sum: Float32Array;
  readonly #block: Float32Array;
  #drawnScene: Scene | undefined;
  #drawn: readonly (Picture | undefined)[] = [];
  #last: Uint8Array;

  constructor(canvas: Size, frameRate: number, inputs: MixerInputs) {
    this.#inputs = inputs;
    const kernels = PictureKernels.create(canvas);
    this.#painter = new PicturePainter(kernels);
    this.#canvas = kernels?.canvas ?? createPicture(canvas);
    this.#last = this.#canvas.data;
    const samples = Math.round(SAMPLE_RATE / frameRate);
    this.#sum = new Float32Array(2 * samples);
    this.#block = new Float32Array(2 * samples);
  }

  /** The picture of a tick; it is valid until the next one is made. */
  picture(scene: Scene): Uint8Array {
    const pictures = scene.layers.map((layer) => this.#inputs.picture(layer.source, layer));
    const isSame = scene === this.#drawnScene && pictures.every((picture, index) => picture === this.#drawn[index]);
    this.#drawnScene = scene;
    this.#drawn = pictures;
    if (!isSame) this.#last = this.#wholeCanvas(scene, pictures) ?? this.#compose(scene, pictures);
    return this.#last;
  }

  /** The sound of a tick; it is valid until the next one is made. */
  sound(scene: Scene): Float32Array {
    this.#sum.fill(0);
    for (const guest of Object.keys(scene.gains)) {
      if (!this.#ramps.has(guest)) this.#ramps.set(guest, new GainRamp());
    }
    for (const [guest, ramp] of this.#ramps) {
      ramp.target = scene.gains[guest] ?? 0;
      this.#inputs.sound(guest, this.#block);
      ramp.mix(this.#sum, this.#block);
      if (ramp.isSilent) this.#ramps.delete(guest);
    }
    this.#limiter.process(this.#sum);
    return this.#sum;
  }

  /** One opaque picture of the canvas's size needs no drawing. */
  #wholeCanvas({ canvas, layers }: Scene, pictures: readonly (Picture | undefined)[]): Uint8Array | undefined {
    const [layer] = layers;
    const [picture] = pictures;
    if (layer === undefined || picture === undefined || layers.length > 1 || layer.opacity < 1) return undefined;
    if (layer.isGrey || picture.alpha !== undefined) return undefined;
    const isWhole = layer.rect.width === canvas.width && layer.rect.height === canvas.height;
    return isWhole && picture.width === canvas.width && picture.height === canvas.height ? picture.data : undefined;
  }

  #compose({ background, layers }: Scene, pictures: readonly (Picture | undefined)[]): Uint8Array {
    fillPicture(this.#canvas, background);
    layers.forEach((layer, index) => {
      const picture = pictures[index];
      if (picture === undefined) return;
      this.#paint(layer, picture);
    });
    return this.#canvas.data;
  }

  #paint({ rect, fit, opacity, radius = 0, isGrey }: Layer, picture: Picture): void {
    const placement = place(picture, rect, fit);
    const { to } = placement;
    if (radius > 0) this.#corners.keep(this.#canvas, to, radius);
    this.#painter.draw(this.#canvas, picture, placement, opacity);
    if (isGrey) greyOut(this.#canvas, to);
    if (radius > 0) this.#corners.restore(this.#canvas, to, radius);
  }
}
