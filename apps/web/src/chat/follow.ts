import { signal } from '@preact/signals';

const NEAR_END_PX = 32;

/** Why a list stands still although it is at its end. */
type Hold = 'pointer' | 'focus' | 'selection';

/** Keeps a list at its end as it grows, until somebody looks at something in it: scrolled up, pointed, focused or selected. */
export class Follow {
  /** Messages that came below what is looked at. */
  readonly unseen = signal(0);
  #atEnd = true;
  #seen = 0;
  #newest = 0;
  readonly #holds = new Set<Hold>();
  readonly #closed = new AbortController();
  readonly #resize: ResizeObserver;

  constructor(
    private readonly list: HTMLElement,
    private readonly onReading: (reading: boolean) => void,
  ) {
    const options = { signal: this.#closed.signal };
    list.addEventListener('scroll', () => this.#scrolled(), { ...options, passive: true });
    list.addEventListener(
      'pointerenter',
      (event) => event.pointerType === 'mouse' && this.#hold('pointer', true),
      options,
    );
    list.addEventListener('pointerleave', () => this.#hold('pointer', false), options);
    // A click focuses as well, but nobody reads by that.
    list.addEventListener('focusin', ({ target }) => this.#hold('focus', isByKeyboard(target)), options);
    list.addEventListener('focusout', () => this.#hold('focus', false), options);
    document.addEventListener('selectionchange', () => this.#hold('selection', hasSelection(list)), options);
    // Also lines grow by themselves, as when it is told why one was not sent.
    this.#resize = new ResizeObserver(() => this.#follows && this.#scroll());
    for (const element of [list, ...list.children]) this.#resize.observe(element);
  }

  /** The list has grown; `newest` is the newest `seq` in it, `countSince` tells how many came after one. */
  grown(newest: number, countSince: (seq: number) => number): void {
    this.#newest = newest;
    if (this.#follows) {
      this.#seen = newest;
      this.#scroll();
    } else {
      this.unseen.value = countSince(this.#seen);
    }
    this.onReading(!this.#follows);
  }

  /** Goes to the end, whatever held the list. */
  toEnd(): void {
    this.#atEnd = true;
    this.#holds.clear();
    this.#catchUp();
  }

  /** Lets go of the list; idempotent. */
  close(): void {
    this.#closed.abort();
    this.#resize.disconnect();
  }

  get #follows(): boolean {
    return this.#atEnd && this.#holds.size === 0;
  }

  #hold(hold: Hold, on: boolean): void {
    if (on) this.#holds.add(hold);
    else this.#holds.delete(hold);
    if (this.#follows && this.unseen.value > 0) this.#catchUp();
  }

  #scrolled(): void {
    const { scrollHeight, scrollTop, clientHeight } = this.list;
    this.#atEnd = scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
    if (this.#atEnd && this.unseen.value > 0) this.#catchUp();
  }

  #catchUp(): void {
    this.#seen = this.#newest;
    this.unseen.value = 0;
    if (this.#follows) this.#scroll();
  }

  #scroll(): void {
    this.list.scrollTop = this.list.scrollHeight;
  }
}

function isByKeyboard(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches(':focus-visible');
}

function hasSelection(list: HTMLElement): boolean {
  const selection = document.getSelection();
  return selection !== null && !selection.isCollapsed && list.contains(selection.anchorNode);
}
