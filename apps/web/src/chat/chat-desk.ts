import { effect, signal } from '@preact/signals';
import { Announcer } from './announcer.js';
import { keepAnnounce, recallAnnounce } from './chat-memory.js';
import type { Announce } from './announcer.js';
import type { ChatRoom } from './chat-room.js';
import { Moderation } from './moderation.js';
import type { Line } from './transcript.js';

/** What the parts of one panel have to do with each other. */
export class ChatDesk {
  readonly moderation: Moderation;
  readonly announcer = new Announcer(recallAnnounce());
  readonly announce = signal(this.announcer.choice);
  /** The line that is being answered. */
  readonly replyTo = signal<Line | undefined>(undefined);
  /** The line whose menu is open. */
  readonly menuOf = signal<Line | undefined>(undefined);
  /** What stands in the field. */
  readonly draft = signal('');
  /** The moderators' panel is open. */
  readonly tools = signal(false);
  /** The field, once it is there. */
  field: HTMLTextAreaElement | undefined;
  readonly #stops: (() => void)[];

  constructor(readonly room: ChatRoom) {
    this.moderation = new Moderation(room);
    this.#stops = [
      room.onArrival((messages) => {
        const you = room.you.value;
        const others = messages.filter(({ author }) => author !== you?.author);
        this.announcer.hear(others, you?.name ?? null);
      }),
      effect(() => {
        const answered = this.replyTo.value;
        if (answered !== undefined && !room.lines.value.some(({ key }) => key === answered.key))
          this.replyTo.value = undefined;
      }),
    ];
  }

  /** Chooses what is read out, and keeps it. */
  chooseAnnounce(announce: Announce): void {
    this.announce.value = announce;
    this.announcer.choice = announce;
    keepAnnounce(announce);
  }

  /** Answers a line: the field is next. */
  reply(line: Line): void {
    this.replyTo.value = line;
    this.toField();
  }

  /** Puts a failed line back into the field. */
  edit(line: Line): void {
    this.room.discard(line);
    this.draft.value = line.body;
    this.toField();
  }

  /** Moves the focus to the field. */
  toField(): void {
    this.field?.focus();
  }

  /** Whether the reader may remove a line. */
  mayDelete(line: Line): boolean {
    return line.delivery === 'sent' && (this.room.moderates.value || line.author === this.room.you.value?.author);
  }

  /** Whether the reader may put the author of a line out. */
  mayBan(line: Line): boolean {
    const { moderates, you } = this.room;
    return moderates.value && line.delivery === 'sent' && line.author !== you.value?.author && line.role !== 'owner';
  }

  /** The names of people who have written, newest first. */
  get names(): readonly string[] {
    return [...new Set(this.room.lines.value.map(({ name }) => name).reverse())];
  }

  /** Ends what waits; idempotent. */
  close(): void {
    for (const stop of this.#stops) stop();
    this.moderation.settle();
    this.announcer.close();
  }
}
