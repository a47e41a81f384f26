import { randomUUID } from 'node:crypto';
import type { ChatMessage } from '@weir/contract';
import type { ChatMessageRow, ChatMessageTable } from '@weir/store';
import { chatMessageOf } from './chat-view.js';

const TAIL = 300;
const FRESH = 100;
const BATCH = 200;
const PRUNE_EVERY = 500;
const idPattern = /^[\w-]{1,64}$/;

/** Most messages of a channel that are kept beside those of its recordings. */
export const KEPT_MESSAGES = 10_000;

/** A message that is to be said. */
export type MessageDraft = Pick<
  ChatMessageRow,
  'author' | 'name' | 'role' | 'body' | 'replyTo' | 'clientId' | 'mediaAtMs'
>;

/** What is told to who enters: messages, oldest first, and whether some are missing before the first. */
export interface LogPage {
  readonly messages: readonly ChatMessage[];
  readonly gap: boolean;
}

/** The messages of a channel: the newest in memory, all in the database; what changes them happens one after the other. */
export class MessageLog {
  readonly #table: ChatMessageTable;
  readonly #channel: string;
  readonly #keep: number;
  readonly #onSaid: (message: ChatMessage) => void;
  readonly #waiting: Waiting[] = [];
  #tail: ChatMessage[] = [];
  #isWhole = false;
  #lastSeq = 0;
  #isSeqKnown = false;
  #isScheduled = false;
  #turn: Promise<unknown> = Promise.resolve();

  /** Reads the newest messages; `onSaid` is told each new one once it is stored, in order. */
  static async open(
    table: ChatMessageTable,
    channel: string,
    onSaid: (message: ChatMessage) => void,
    keep = KEPT_MESSAGES,
  ): Promise<MessageLog> {
    const log = new MessageLog(table, channel, onSaid, keep);
    await log.#readSeq();
    await log.#readTail();
    void log.#prune();
    return log;
  }

  private constructor(table: ChatMessageTable, channel: string, onSaid: (message: ChatMessage) => void, keep: number) {
    this.#table = table;
    this.#channel = channel;
    this.#onSaid = onSaid;
    this.#keep = keep;
  }

  /** The newest 100, or up to 300 after that `seq`. */
  page(after?: number): LogPage {
    const isKnown = after !== undefined && after <= this.#lastSeq;
    if (!isKnown) return { messages: this.#tail.slice(-FRESH), gap: after !== undefined };
    const first = this.#tail[0];
    const gap = !this.#isWhole && (first === undefined || after < first.seq - 1);
    return { messages: this.#tail.filter(({ seq }) => seq > after), gap };
  }

  /** The message of that id, unless it is deleted. */
  async find(id: string): Promise<ChatMessage | undefined> {
    const recent = this.#tail.find((message) => message.id === id);
    if (recent !== undefined || !idPattern.test(id)) return recent;
    const row = await this.#table.find(this.#channel, id);
    return row === undefined ? undefined : chatMessageOf(row);
  }

  /** What an author was called last, as far as that is remembered. */
  async nameOf(author: string): Promise<string | undefined> {
    const recent = this.#tail.findLast((message) => message.author === author);
    return recent?.name ?? (await this.#table.lastNameOf(this.#channel, author));
  }

  /** Stores a message behind all before it; resolves once it is stored, and rejects when it was not. */
  append(draft: MessageDraft): Promise<ChatMessage> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ draft, sentAtMs: Date.now(), resolve, reject });
      this.#schedule();
    });
  }

  /** Deletes a message; false when there was none. */
  delete(id: string): Promise<boolean> {
    if (!idPattern.test(id)) return Promise.resolve(false);
    return this.#inTurn(async () => {
      const isDeleted = await this.#table.delete(this.#channel, id, Date.now());
      if (isDeleted) await this.#readTail();
      return isDeleted;
    });
  }

  /** Deletes all that an author said; returns the ids of what recent messages of others answer. */
  purge(author: string): Promise<string[]> {
    return this.#inTurn(async () => {
      await this.#table.purge(this.#channel, author, Date.now());
      const before = this.#tail.filter((message) => message.author !== author);
      await this.#readTail();
      const quoted = new Set(this.#tail.flatMap(({ replyTo }) => replyTo?.id ?? []));
      return before.flatMap(({ replyTo }) => (replyTo === null || quoted.has(replyTo.id) ? [] : replyTo.id));
    });
  }

  /** Resolves when nothing waits to be stored or deleted. */
  async idle(): Promise<void> {
    for (let turn; turn !== this.#turn;) await (turn = this.#turn);
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    void this.#inTurn(() => this.#flush());
  }

  async #flush(): Promise<void> {
    this.#isScheduled = false;
    const batch = this.#waiting.splice(0, BATCH);
    if (this.#waiting.length > 0) this.#schedule();
    try {
      if (!this.#isSeqKnown) await this.#readSeq();
      const rows = batch.map((waiting, index) => this.#row(waiting, this.#lastSeq + 1 + index));
      await this.#table.insert(rows);
      this.#said(batch, rows);
    } catch (error) {
      this.#isSeqKnown = false;
      for (const { reject } of batch) reject(error);
    }
  }

  #row({ draft, sentAtMs }: Waiting, seq: number): ChatMessageRow {
    return { ...draft, id: randomUUID(), channel: this.#channel, seq, sentAtMs, isDeleted: false };
  }

  #said(batch: readonly Waiting[], rows: readonly ChatMessageRow[]): void {
    for (const [index, row] of rows.entries()) {
      const message = chatMessageOf(row);
      this.#lastSeq = row.seq;
      this.#tail.push(message);
      if (this.#tail.length > TAIL) this.#dropOldest();
      this.#onSaid(message);
      batch[index]!.resolve(message);
      if (row.seq % PRUNE_EVERY === 0) void this.#prune();
    }
  }

  #dropOldest(): void {
    this.#tail.shift();
    this.#isWhole = false;
  }

  #prune(): Promise<unknown> {
    return this.#inTurn(() => this.#table.prune(this.#channel, this.#keep)).catch(() => undefined);
  }

  async #readSeq(): Promise<void> {
    this.#lastSeq = await this.#table.lastSeq(this.#channel);
    this.#isSeqKnown = true;
  }

  async #readTail(): Promise<void> {
    const rows = await this.#table.newest(this.#channel, TAIL);
    this.#tail = rows.map(chatMessageOf);
    this.#isWhole = rows.length < TAIL;
  }

  #inTurn<Result>(act: () => Promise<Result>): Promise<Result> {
    const done = this.#turn.then(act);
    this.#turn = done.catch(() => undefined);
    return done;
  }
}

interface Waiting {
  readonly draft: MessageDraft;
  readonly sentAtMs: number;
  resolve(message: ChatMessage): void;
  reject(error: unknown): void;
}
