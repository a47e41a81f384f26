import { chromaLength, type Picture } from './picture.js';
import type { PictureKernels } from './picture-kernels.js';
import type { Placement } from './placement.js';
import { blendPlane, copyPlane, halfOf, type Plane, planesOf, type Window } from './plane.js';
import { ONE, PlaneScaler } from './plane-scaler.js';

/** Draws pictures on a canvas: copied where the size is the same, otherwise scaled linearly in both directions. */
export class PicturePainter {
  readonly #kernels: PictureKernels | undefined;
  readonly #scaler = new PlaneScaler();

  /** With kernels, what is drawn on their canvas is drawn faster, and is the same. */
  constructor(kernels?: PictureKernels) {
    this.#kernels = kernels;
  }

  /** Draws part of a picture at its place; an opacity below 1 lets through what is there, as the picture's own alpha does. */
  draw(canvas: Picture, picture: Picture, { from, to }: Placement, opacity = 1): void {
    const weight = Math.round(Math.min(1, Math.max(0, opacity)) * ONE);
    if (weight === 0 || to.width === 0 || to.height === 0) return;
    const isSameSize = to.width === from.width && to.height === from.height;
    if (picture.alpha !== undefined) {
      const shown = isSameSize ? picture : this.#scaled(picture, from, to);
      this.#blend(canvas, shown, { from: isSameSize ? from : { ...to, x: 0, y: 0 }, to }, weight);
      return;
    }
    if (weight === ONE && this.#isDrawn(canvas, picture, { from, to }, isSameSize)) return;
    const canvasPlanes = planesOf(canvas);
    const picturePlanes = planesOf(picture);
    for (let index = 0; index < 3; index += 1) {
      const target = index === 0 ? to : halfOf(to);
      const source = index === 0 ? from : halfOf(from);
      if (weight === ONE && isSameSize) copyPlane(canvasPlanes[index]!, target, picturePlanes[index]!, source);
      else this.#scaler.scale(canvasPlanes[index]!, target, picturePlanes[index]!, source, weight);
    }
  }

  #isDrawn(canvas: Picture, picture: Picture, placement: Placement, isSameSize: boolean): boolean {
    if (this.#kernels === undefined) return false;
    return isSameSize
      ? this.#kernels.copy(canvas, picture, placement)
      : this.#kernels.scale(canvas, picture, placement);
  }

  #blend(canvas: Picture, picture: Picture, { from, to }: Placement, weight: number): void {
    if (weight === ONE && this.#kernels?.blend(canvas, picture, { from, to })) return;
    const canvasPlanes = planesOf(canvas);
    const picturePlanes = planesOf(picture);
    const alphaPlanes = alphaPlanesOf(picture);
    for (let index = 0; index < 3; index += 1) {
      const alpha = index === 0 ? alphaPlanes[0] : alphaPlanes[1];
      const [target, source] = index === 0 ? [to, from] : [halfOf(to), halfOf(from)];
      blendPlane(canvasPlanes[index]!, target, picturePlanes[index]!, alpha, source, weight);
    }
  }

  /** What has alpha seldom changes its size: it is scaled apart from the canvas. */
  #scaled(picture: Picture, from: Window, { width, height }: Window): Picture {
    const chroma = chromaLength(width) * chromaLength(height);
    const scaled = {
      width,
      height,
      data: new Uint8Array(width * height + 2 * chroma),
      alpha: new Uint8Array(width * height + chroma),
    };
    const whole = { x: 0, y: 0, width, height };
    const targets = [...planesOf(scaled), ...alphaPlanesOf(scaled)];
    const sources = [...planesOf(picture), ...alphaPlanesOf(picture)];
    for (const [index, target] of targets.entries()) {
      const isLuma = index === 0 || index === 3;
      this.#scaler.scale(target, isLuma ? whole : halfOf(whole), sources[index]!, isLuma ? from : halfOf(from), ONE);
    }
    return scaled;
  }
}

function alphaPlanesOf({ alpha, width, height }: Picture): [Plane, Plane] {
  const data = alpha ?? new Uint8Array(0);
  return [
    { data, offset: 0, stride: width },
    { data, offset: width * height, stride: chromaLength(width) },
  ];
}
