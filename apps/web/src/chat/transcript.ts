import type { ChatMessage } from '@weir/contract';
import type { Trouble } from './trouble.js';

/** Whether a message is on the server: those of others always are. */
export type Delivery = 'sent' | 'pending' | 'failed';

/** One message as it stands in the list; `id` is empty and `seq` infinite until the server has it. */
export interface Line extends ChatMessage {
  /** Stays the same from writing to sent. */
  readonly key: string;
  readonly delivery: Delivery;
  /** Why it failed. */
  readonly trouble?: Trouble;
}

/** What was asked for on joining again; `gap` when there is more between than the server told. */
export interface Reconciliation {
  readonly after: number;
  readonly newest: number;
  readonly gap: boolean;
}

/** The messages of a room in their order: what the server has by `seq`, then what is on its way. Unchanged lines stay the same objects. */
export class Transcript {
  #lines: readonly Line[] = [];

  get lines(): readonly Line[] {
    return this.#lines;
  }

  /** The newest `seq` that the server told; 0 without any. */
  get newest(): number {
    return this.#lines.findLast(isSent)?.seq ?? 0;
  }

  /** The `seq` before the newest `count` messages. */
  before(count: number): number {
    const sent = this.#lines.filter(isSent);
    const first = sent.at(-count) ?? sent[0];
    return first === undefined ? 0 : Math.max(0, first.seq - 1);
  }

  /** Takes in messages that the server has; each once, and in the place of the own line that it was. */
  add(messages: readonly ChatMessage[]): void {
    const known = new Map(this.#lines.map((line) => [line.key, line.delivery]));
    const fresh = new Map(messages.map((message) => [keyOf(message), sentLine(message)]));
    for (const key of fresh.keys()) if (known.get(key) === 'sent') fresh.delete(key);
    if (fresh.size === 0) return;
    const sent = this.#lines.filter(isSent).concat([...fresh.values()]);
    const inOrder = sent.every((line, index) => index === 0 || (sent[index - 1] as Line).seq < line.seq);
    const unsent = this.#lines.filter((line) => !isSent(line) && !fresh.has(line.key));
    this.#lines = [...(inOrder ? sent : sent.toSorted((one, other) => one.seq - other.seq)), ...unsent];
  }

  /**
   * Takes what the server told from `after` on, when `newest` was the newest here: what is missing there was deleted. With a hole between,
   * it begins anew.
   */
  reconcile(messages: readonly ChatMessage[], { after, newest, gap }: Reconciliation): void {
    const first = messages[0]?.seq ?? Infinity;
    const hole = gap && first > newest + 1;
    const since = gap ? first - 1 : after;
    const told = new Set(messages.map(({ id }) => id));
    const stays = ({ seq, id }: Line) => seq > newest || (!hole && (seq <= since || told.has(id)));
    this.#lines = this.#lines.filter((line) => !isSent(line) || stays(line));
    this.add(messages);
  }

  /** Removes messages by their ids, and what others quoted of them. */
  remove(ids: readonly string[]): void {
    this.#lines = this.#lines
      .filter((line) => !isSent(line) || !ids.includes(line.id))
      .map((line) =>
        line.replyTo !== null && ids.includes(line.replyTo.id)
          ? { ...line, replyTo: { ...line.replyTo, body: '' } }
          : line,
      );
  }

  /** Removes all that an author has said or is about to say. */
  purge(author: string): void {
    this.#lines = this.#lines.filter((line) => line.author !== author);
  }

  /** Keeps only the newest `most` lines. */
  trim(most: number): void {
    if (this.#lines.length > most) this.#lines = this.#lines.slice(-most);
  }

  /** Puts an own line at the end, or in its own place with another state. */
  put(line: Line): void {
    const place = this.#lines.findIndex(({ key }) => key === line.key);
    this.#lines = place < 0 ? [...this.#lines, line] : this.#lines.with(place, line);
  }

  /** Removes an own line that was not sent. */
  drop(key: string): void {
    this.#lines = this.#lines.filter((line) => line.key !== key || isSent(line));
  }
}

/** What a message is known by, before and after the server has it. */
export function keyOf({ author, clientId }: Pick<ChatMessage, 'author' | 'clientId'>): string {
  return `${author}/${clientId}`;
}

/** A message of the server as a line. */
export function sentLine(message: ChatMessage): Line {
  return { ...message, key: keyOf(message), delivery: 'sent' };
}

/** Whether a line goes on from the one above: same author and name, within a minute, no answer to another. */
export function isContinued(line: Line, above: Line | undefined): boolean {
  return (
    above !== undefined &&
    line.replyTo === null &&
    line.author === above.author &&
    line.name === above.name &&
    line.role === above.role &&
    Math.abs(line.sentAtMs - above.sentAtMs) < 60_000
  );
}

function isSent(line: Line): boolean {
  return line.delivery === 'sent';
}
