import { signal } from '@preact/signals';
import type { ChatRoom } from './chat-room.js';
import type { Line } from './transcript.js';
import type { Trouble } from './trouble.js';

const UNDO_MS = 5000;

/** What was just done and can be taken back for five seconds; `seconds` of a ban is null for good. */
export type Undoable =
  | { readonly kind: 'deleted'; readonly name: string; readonly revert: () => void }
  | { readonly kind: 'banned'; readonly name: string; readonly seconds: number | null; readonly revert: () => void };

/** Deleting and banning with a moment to think again: a deletion waits for it, a ban holds at once and is lifted by it. */
export class Moderation {
  readonly undoable = signal<Undoable | undefined>(undefined);
  /** Id of the message that is about to be deleted. */
  readonly leaving = signal('');
  /** Why the last of these things was not done. */
  readonly trouble = signal<Trouble | undefined>(undefined);
  #settle: () => void = () => undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly room: ChatRoom) {}

  /** Deletes a message in five seconds, unless it is taken back. */
  delete({ id, name }: Line): void {
    this.settle();
    this.leaving.value = id;
    this.#settle = () => void this.#ask('delete', { id });
    this.#offer({ kind: 'deleted', name, revert: () => this.#forget() });
  }

  /** Puts an author out, for good with null, and removes all that he wrote. */
  async ban({ author, name }: Pick<Line, 'author' | 'name'>, seconds: number | null, reason = ''): Promise<void> {
    this.settle();
    if (!(await this.#ask('ban', { author, seconds, reason }))) return;
    const revert = () => {
      this.#forget();
      void this.#ask('unban', { author });
    };
    this.#offer({ kind: 'banned', name, seconds, revert });
  }

  /** Does at once what waits; idempotent. */
  settle(): void {
    const settle = this.#settle;
    this.#forget();
    settle();
  }

  async #ask(...[name, body]: Parameters<ChatRoom['ask']>): Promise<boolean> {
    this.trouble.value = await this.room.ask(name, body);
    return this.trouble.value === undefined;
  }

  #offer(undoable: Undoable): void {
    this.undoable.value = undoable;
    this.#timer = setTimeout(() => this.settle(), UNDO_MS);
  }

  #forget(): void {
    clearTimeout(this.#timer);
    this.#settle = () => undefined;
    this.undoable.value = undefined;
    this.leaving.value = '';
  }
}
