import { randomUUID } from 'node:crypto';
import type { Poll } from '@weir/contract';
import type { PollRow, PollTable } from '@weir/store';
import { ChatRefused } from './chat-refused.js';

const TELL_MS = 500;
const SHOWN_AFTER_CLOSE_MS = 300_000;
const RETRY_MS = 5000;
const GUEST_VOTES_PER_ADDRESS = 20;

/** A question and its answers. */
export interface PollDraft {
  readonly question: string;
  readonly options: readonly string[];
  /** Until it closes by itself; undefined: when somebody closes it. */
  readonly seconds: number | undefined;
  /** Key of who asks. */
  readonly createdBy: string;
}

/** Who votes. */
export interface Voter {
  readonly key: string;
  /** Where a guest comes from, who can be many guests; undefined for accounts. */
  readonly guestAddress: string | undefined;
}

/** The poll of a room: one at a time, one vote for each person; what changes it happens one after the other. */
export class RoomPoll {
  readonly #table: PollTable;
  readonly #channel: string;
  readonly #tell: (poll: Poll) => void;
  readonly #guestVotes = new Map<string, number>();
  #row: PollRow | undefined;
  #votes: number[] = [];
  #closing: NodeJS.Timeout | undefined;
  #telling: NodeJS.Timeout | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  /** Goes on with the poll that was opened last; `tell` is told each change of it, votes at most twice a second. */
  static async open(table: PollTable, channel: string, tell: (poll: Poll) => void): Promise<RoomPoll> {
    const poll = new RoomPoll(table, channel, tell);
    const row = await table.newest(channel);
    if (row === undefined) return poll;
    poll.#show(row, await table.count(row.id));
    if (row.closedAtMs === undefined && isOver(row)) await poll.#end(row.closesAtMs ?? Date.now());
    return poll;
  }

  private constructor(table: PollTable, channel: string, tell: (poll: Poll) => void) {
    this.#table = table;
    this.#channel = channel;
    this.#tell = tell;
  }

  /** The poll as it stands: while votes are taken and for five minutes after. */
  get current(): Poll | null {
    const row = this.#row;
    if (row === undefined) return null;
    const isShown = row.closedAtMs === undefined || Date.now() - row.closedAtMs < SHOWN_AFTER_CLOSE_MS;
    return isShown ? pollOf(row, this.#votes) : null;
  }

  /** What somebody voted for in the current poll. */
  async choiceOf(key: string): Promise<number | null> {
    if (this.current === null || this.#row === undefined) return null;
    return (await this.#table.choiceOf(this.#row.id, key)) ?? null;
  }

  /** Asks a question, in place of one that is open. */
  ask(draft: PollDraft): Promise<Poll> {
    return this.#inTurn(async () => {
      if (this.#row !== undefined && this.#row.closedAtMs === undefined) await this.#end(Date.now());
      const { question, options, createdBy, seconds } = draft;
      const createdAtMs = Math.max(Date.now(), (this.#row?.createdAtMs ?? 0) + 1);
      const closesAtMs = seconds === undefined ? undefined : createdAtMs + seconds * 1000;
      const row = { id: randomUUID(), channel: this.#channel, question, options, createdBy, createdAtMs, closesAtMs };
      await this.#table.insert(row);
      this.#show({ ...row, closedAtMs: undefined }, new Map());
      return this.#tellNow();
    });
  }

  /** Counts a vote, the same once however often it comes; throws ChatRefused. */
  vote(id: string, voter: Voter, choice: number): Promise<Poll> {
    return this.#inTurn(async () => {
      const row = this.#open(id);
      if (isOver(row)) throw new ChatRefused('closed', 'The poll is closed.');
      if (choice >= row.options.length) throw new ChatRefused('not-found', 'The poll has no such option.');
      const before = await this.#table.choiceOf(row.id, voter.key);
      if (before === undefined) await this.#count(row, voter, choice);
      else if (before !== choice) throw new ChatRefused('already-voted', 'You have voted already.');
      return pollOf(row, this.#votes);
    });
  }

  /** Takes back what somebody voted for in the poll that is open. */
  withdraw(key: string): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#row === undefined || this.#row.closedAtMs !== undefined) return;
      const choice = await this.#table.choiceOf(this.#row.id, key);
      if (choice === undefined || !(await this.#table.withdraw(this.#row.id, key))) return;
      this.#votes[choice] = (this.#votes[choice] ?? 1) - 1;
      this.#tellSoon();
    });
  }

  /** Takes no more votes; throws ChatRefused. */
  end(id: string): Promise<Poll> {
    return this.#inTurn(async () => {
      this.#open(id);
      return this.#end(Date.now());
    });
  }

  /** Resolves when nothing waits to be stored. */
  async idle(): Promise<void> {
    for (let turn; turn !== this.#turn;) await (turn = this.#turn);
  }

  /** Ends its timers; the poll itself goes on when the room is opened again. Idempotent. */
  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#closing);
    clearTimeout(this.#telling);
  }

  #open(id: string): PollRow {
    if (this.#row === undefined || this.#row.id !== id) throw new ChatRefused('not-found', 'There is no such poll.');
    if (this.#row.closedAtMs !== undefined) throw new ChatRefused('closed', 'The poll is closed.');
    return this.#row;
  }

  async #count(row: PollRow, { key, guestAddress }: Voter, choice: number): Promise<void> {
    const others = guestAddress === undefined ? 0 : (this.#guestVotes.get(guestAddress) ?? 0);
    if (others >= GUEST_VOTES_PER_ADDRESS) {
      throw new ChatRefused('accounts-only', 'Too many guests voted from your network: sign in to vote.');
    }
    if (!(await this.#table.vote(row.id, key, choice))) return;
    if (guestAddress !== undefined) this.#guestVotes.set(guestAddress, others + 1);
    this.#votes[choice] = (this.#votes[choice] ?? 0) + 1;
    this.#tellSoon();
  }

  #show(row: PollRow, votes: ReadonlyMap<number, number>): void {
    this.#row = row;
    this.#votes = row.options.map((_, choice) => votes.get(choice) ?? 0);
    this.#guestVotes.clear();
    clearTimeout(this.#closing);
    if (this.#isClosed || row.closedAtMs !== undefined || row.closesAtMs === undefined || isOver(row)) return;
    this.#closing = setTimeout(() => this.#endByItself(row.id), row.closesAtMs - Date.now());
  }

  #endByItself(id: string): void {
    this.end(id).catch((error: unknown) => {
      if (this.#isClosed || error instanceof ChatRefused) return;
      this.#closing = setTimeout(() => this.#endByItself(id), RETRY_MS);
    });
  }

  async #end(atMs: number): Promise<Poll> {
    const row = this.#row!;
    await this.#table.close(row.id, atMs);
    this.#row = { ...row, closedAtMs: atMs };
    clearTimeout(this.#closing);
    return this.#tellNow();
  }

  #tellSoon(): void {
    if (!this.#isClosed) this.#telling ??= setTimeout(() => this.#tellNow(), TELL_MS);
  }

  #tellNow(): Poll {
    clearTimeout(this.#telling);
    this.#telling = undefined;
    const poll = pollOf(this.#row!, this.#votes);
    if (!this.#isClosed) this.#tell(poll);
    return poll;
  }

  #inTurn<Result>(act: () => Promise<Result>): Promise<Result> {
    const done = this.#turn.then(act);
    this.#turn = done.catch(() => undefined);
    return done;
  }
}

function isOver({ closesAtMs }: PollRow): boolean {
  return closesAtMs !== undefined && closesAtMs <= Date.now();
}

function pollOf(row: PollRow, votes: readonly number[]): Poll {
  return {
    id: row.id,
    question: row.question,
    options: row.options.map((text, choice) => ({ text, votes: votes[choice] ?? 0 })),
    createdAtMs: row.createdAtMs,
    closesAtMs: row.closesAtMs ?? null,
    closedAtMs: row.closedAtMs ?? null,
  };
}
