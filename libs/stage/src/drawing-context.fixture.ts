import type { DrawingContext } from './drawing-context.js';

/** A context that keeps what is drawn; each letter is half as wide as it is high. */
export class DrawnWords implements DrawingContext {
  fillStyle: unknown = '';
  font = '';
  textAlign = 'start';
  textBaseline = '';
  /** Each text with its place. */
  readonly texts: { readonly text: string; readonly x: number; readonly y: number; readonly font: string }[] = [];
  /** Each box, rounded or not: x, y, width, height. */
  readonly boxes: (readonly [number, number, number, number])[] = [];

  fillRect(x: number, y: number, width: number, height: number): void {
    this.boxes.push([x, y, width, height]);
  }

  fillText(text: string, x: number, y: number): void {
    this.texts.push({ text, x, y, font: this.font });
  }

  measureText(text: string): { readonly width: number } {
    const pixels = Number(/(\d+)px/.exec(this.font)?.[1]);
    return { width: ([...text].length * pixels) / 2 };
  }

  beginPath(): void {
    // What is filled is kept by roundRect.
  }

  roundRect(x: number, y: number, width: number, height: number): void {
    this.boxes.push([x, y, width, height]);
  }

  fill(): void {
    // What is filled is kept by roundRect.
  }

  createLinearGradient(): { addColorStop(): void } {
    return { addColorStop: () => undefined };
  }
}
