import { createRequire } from 'node:module';
import { type DrawingContext, STAGE_FONT } from '@weir/stage';

/** What is used of a 2D context. */
export interface CanvasContext extends DrawingContext {
  getImageData(x: number, y: number, width: number, height: number): { readonly data: Uint8ClampedArray };
}

/** What is used of `@napi-rs/canvas`. */
export interface CanvasPackage {
  createCanvas(width: number, height: number): { getContext(kind: '2d'): CanvasContext };
  readonly GlobalFonts?: { registerFromPath(path: string, name: string): unknown; has(name: string): boolean };
}

const FONT_FILE = '@fontsource/pretendard/files/pretendard-latin-600-normal.woff2';

let loaded: CanvasPackage | undefined;

/** Loads the package, and the font of stages into it as far as it is there; throws where the package cannot be loaded. */
export function loadCanvas(): CanvasPackage {
  if (loaded !== undefined) return loaded;
  const require = createRequire(import.meta.url);
  const canvas = require('@napi-rs/canvas') as CanvasPackage;
  try {
    canvas.GlobalFonts?.registerFromPath(require.resolve(FONT_FILE), STAGE_FONT);
  } catch {
    // Fonts of the machine take its place.
  }
  loaded = canvas;
  return canvas;
}
