import { signal } from '@preact/signals';

/** Where something that is dragged would be put: before a guest, or at the end of a row. */
export interface DropPlace {
  readonly row: 'on-air' | 'backstage';
  /** Null for the end of the row. */
  readonly before: string | null;
}

const BEGINS_PIXELS = 6;

/** Dragging tiles with a mouse, a finger or a pen; whoever listens is told where a tile was let go. */
export class TileDrag {
  /** Who is dragged now. */
  readonly dragged = signal<string | undefined>(undefined);
  readonly over = signal<DropPlace | undefined>(undefined);
  #start: { readonly id: string; readonly x: number; readonly y: number } | undefined;

  constructor(private readonly onDrop: (id: string, place: DropPlace) => void) {}

  /** To be told of a pointer that was pressed on a tile. */
  press(id: string, event: PointerEvent): void {
    if (event.button !== 0) return;
    this.#start = { id, x: event.clientX, y: event.clientY };
    const listening = new AbortController();
    const end = (drops: boolean) => {
      listening.abort();
      this.#end(drops);
    };
    const options = { signal: listening.signal };
    addEventListener('pointermove', (move) => this.#move(move), options);
    addEventListener('pointerup', () => end(true), options);
    addEventListener('pointercancel', () => end(false), options);
    addEventListener('keydown', ({ key }) => key === 'Escape' && end(false), options);
  }

  #move({ clientX, clientY }: PointerEvent): void {
    const start = this.#start;
    if (start === undefined) return;
    const isFar = Math.hypot(clientX - start.x, clientY - start.y) >= BEGINS_PIXELS;
    if (this.dragged.value === undefined && !isFar) return;
    this.dragged.value = start.id;
    this.over.value = placeAt(clientX, clientY, start.id);
  }

  #end(drops: boolean): void {
    const [id, place] = [this.dragged.value, this.over.value];
    this.#start = undefined;
    this.dragged.value = undefined;
    this.over.value = undefined;
    if (drops && id !== undefined && place !== undefined) this.onDrop(id, place);
  }
}

function placeAt(x: number, y: number, dragged: string): DropPlace | undefined {
  const under = document.elementFromPoint(x, y);
  const row = under?.closest<HTMLElement>('[data-row]');
  const name = row?.dataset['row'];
  if (row == null || (name !== 'on-air' && name !== 'backstage')) return undefined;
  const tiles = [...row.querySelectorAll<HTMLElement>('[data-guest]')].filter(
    (one) => one.dataset['guest'] !== dragged,
  );
  const next = tiles.find((one) => isBefore(x, y, one.getBoundingClientRect()));
  return { row: name, before: next?.dataset['guest'] ?? null };
}

function isBefore(x: number, y: number, { left, width, top, bottom }: DOMRect): boolean {
  return y < top || (y <= bottom && x < left + width / 2);
}
