import { chromaLength, type Picture } from './picture.js';

/** One plane of a picture. */
export interface Plane {
  readonly data: Uint8Array;
  readonly offset: number;
  readonly stride: number;
}

/** A rectangle of samples of a plane. */
export interface Window {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Luma, then both chroma planes. */
export function planesOf({ data, width, height }: Picture): [Plane, Plane, Plane] {
  const stride = chromaLength(width);
  const chroma = width * height;
  return [
    { data, offset: 0, stride: width },
    { data, offset: chroma, stride },
    { data, offset: chroma + stride * chromaLength(height), stride },
  ];
}

/** Where a rectangle of luma lies in a chroma plane. */
export function halfOf({ x, y, width, height }: Window): Window {
  return { x: x >> 1, y: y >> 1, width: chromaLength(width), height: chromaLength(height) };
}

/** Place of the first sample of a window. */
export function startOf(plane: Plane, { x, y }: Window): number {
  return plane.offset + y * plane.stride + x;
}

/** Copies a window onto another of the same size. */
export function copyPlane(target: Plane, to: Window, source: Plane, from: Window): void {
  const fromStart = startOf(source, from);
  const toStart = startOf(target, to);
  if (to.width === target.stride && from.width === source.stride) {
    target.data.set(source.data.subarray(fromStart, fromStart + from.width * from.height), toStart);
    return;
  }
  for (let row = 0; row < to.height; row += 1) {
    const start = fromStart + row * source.stride;
    target.data.set(source.data.subarray(start, start + to.width), toStart + row * target.stride);
  }
}

/** Lays a window over another of the same size, by its alpha and a weight of 256. */
export function blendPlane(target: Plane, to: Window, source: Plane, alpha: Plane, from: Window, weight: number): void {
  const under = target.data;
  const over = source.data;
  const cover = alpha.data;
  for (let row = 0; row < to.height; row += 1) {
    let at = startOf(target, to) + row * target.stride;
    let overAt = startOf(source, from) + row * source.stride;
    let alphaAt = startOf(alpha, from) + row * alpha.stride;
    for (let column = 0; column < to.width; column += 1, at += 1, overAt += 1, alphaAt += 1) {
      const opaque = cover[alphaAt]!;
      if (opaque === 0) continue;
      const share = ((opaque + (opaque >> 7)) * weight) >> 8;
      under[at] = (over[overAt]! * share + under[at]! * (256 - share) + 128) >> 8;
    }
  }
}
