import type { ChatMessage } from '@weir/contract';

const LOOK_EVERY_MS = 100;
const NEAR_ENOUGH_MS = 300;
const LONGEST_WAIT_MS = 15_000;

interface Waiting {
  readonly message: ChatMessage;
  readonly sinceMs: number;
}

/** Keeps the chat in step with a delayed picture: a message about a later picture waits until that picture is shown, at most 15 s. */
export class PictureStep {
  #waiting: readonly Waiting[] = [];
  #timer: ReturnType<typeof setInterval> | undefined;

  /** `capturedAtMs` tells when the picture on the screen was captured, Unix milliseconds, undefined when nobody knows. */
  constructor(
    private readonly capturedAtMs: () => number | undefined,
    private readonly release: (messages: readonly ChatMessage[]) => void,
    private readonly nowMs: () => number = () => performance.now(),
  ) {}

  /** Takes a message that is too early, and releases it later; false leaves it to the caller. */
  holds(message: ChatMessage): boolean {
    const waiting = { message, sinceMs: this.nowMs() };
    if (!this.#isEarly(waiting)) return false;
    this.#waiting = [...this.#waiting, waiting];
    this.#timer ??= setInterval(() => this.#look(), LOOK_EVERY_MS);
    return true;
  }

  /** Forgets messages that were deleted before they were shown. */
  forget(isGone: (message: ChatMessage) => boolean): void {
    this.#keep(this.#waiting.filter(({ message }) => !isGone(message)));
  }

  /** Forgets all; idempotent. */
  close(): void {
    this.#keep([]);
  }

  #look(): void {
    const due = this.#waiting.filter((waiting) => !this.#isEarly(waiting));
    if (due.length === 0) return;
    this.#keep(this.#waiting.filter((waiting) => !due.includes(waiting)));
    this.release(due.map(({ message }) => message));
  }

  #isEarly({ message: { mediaAtMs }, sinceMs }: Waiting): boolean {
    const shownMs = this.capturedAtMs();
    if (mediaAtMs === null || shownMs === undefined || this.nowMs() - sinceMs >= LONGEST_WAIT_MS) return false;
    const aheadMs = mediaAtMs - shownMs;
    return aheadMs > NEAR_ENOUGH_MS && aheadMs <= LONGEST_WAIT_MS;
  }

  #keep(waiting: readonly Waiting[]): void {
    this.#waiting = waiting;
    if (waiting.length > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
