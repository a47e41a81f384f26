import { createRequire } from 'node:module';

/** What is used of a 2D context. */
export interface CanvasContext {
  fillStyle: unknown;
  font: string;
  textAlign: string;
  textBaseline: string;
  fillRect(x: number, y: number, width: number, height: number): void;
  fillText(text: string, x: number, y: number): void;
  measureText(text: string): { readonly width: number };
  beginPath(): void;
  roundRect(x: number, y: number, width: number, height: number, radius: number): void;
  fill(): void;
  createLinearGradient(
    x0: number,
    y0: number,
    x1: number,
    y1: number,
  ): { addColorStop(at: number, colour: string): void };
  getImageData(x: number, y: number, width: number, height: number): { readonly data: Uint8ClampedArray };
}

/** What is used of `@napi-rs/canvas`. */
export interface CanvasPackage {
  createCanvas(width: number, height: number): { getContext(kind: '2d'): CanvasContext };
}

/** Fonts that have Latin and Korean, as far as a machine has them. */
export const FONTS = '"Pretendard", "Noto Sans", "Noto Sans CJK KR", "NanumGothic", "DejaVu Sans", sans-serif';

/** Loads the package; throws where it cannot be loaded. */
export function loadCanvas(): CanvasPackage {
  return createRequire(import.meta.url)('@napi-rs/canvas') as CanvasPackage;
}
