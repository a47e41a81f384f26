import { computed, signal } from '@preact/signals';
import type { ChatAnswers, ChatMessage, ChatReply, ChatSelf, ChatSettings, Poll, Reaction } from '@weir/contract';
import type { ChatBody, ChatEvent, ChatListener, ChatSocket } from './chat-socket.js';
import { newClientId } from './client-id.js';
import { PictureStep } from './picture-step.js';
import { isModerator, leaveToWrite } from './standing.js';
import { keyOf, Transcript } from './transcript.js';
import type { Line } from './transcript.js';
import type { Trouble } from './trouble.js';

const OVERLAP = 50;
const LINES_KEPT = 300;
const LINES_KEPT_FOR_READERS = 1500;
const GATHER_MS = 60;
const JOIN_AGAIN_MS = 3000;
const LOOK_IN_AGAIN_MS = 30_000;
const NOTHING_SET: ChatSettings = { mode: 'everyone', slowSeconds: 0, blockedWords: [], links: true };

/** Where a room stands: `out` is banned or timed out, `refused` cannot be entered. */
export type RoomPhase = 'connecting' | 'joined' | 'reconnecting' | 'out' | 'refused';

/** The requests that a room sends with its channel filled in. */
export type RoomRequest = 'react' | 'delete' | 'ban' | 'unban' | 'settings' | 'openPoll' | 'vote' | 'closePoll';

/** What a room is opened with. */
export interface ChatRoomOptions {
  readonly channel: string;
  readonly watchToken?: string | undefined;
  /** When the picture on the screen was captured, Unix milliseconds by the server's clock; undefined when nobody knows. */
  readonly capturedAtMs?: (() => number | undefined) | undefined;
  readonly connect: (listener: ChatListener) => ChatSocket;
  /** Awaited before connecting, so that the browser has its cookie. */
  readonly identify: () => Promise<unknown>;
  /** Where a guest's name is kept. */
  readonly nameMemory: { recall(): string | undefined; keep(name: string): void };
}

/** The chat of one channel as one person sees it, kept through lost connections without loss and without doubles. */
export class ChatRoom implements ChatListener {
  readonly channel: string;
  readonly phase = signal<RoomPhase>('connecting');
  readonly lines = signal<readonly Line[]>([]);
  readonly you = signal<ChatSelf | undefined>(undefined);
  readonly settings = signal<ChatSettings>(NOTHING_SET);
  readonly poll = signal<Poll | null>(null);
  /** What was voted for in the poll. */
  readonly choice = signal<number | null>(null);
  readonly live = signal(false);
  readonly viewers = signal(0);
  /** Set while out: until when, Unix milliseconds or null for good. */
  readonly ban = signal<{ readonly untilMs: number | null; readonly reason: string } | undefined>(undefined);
  /** Unix milliseconds from which slow mode lets the next message through. */
  readonly slowUntilMs = signal(0);
  readonly moderates = computed(() => isModerator(this.you.value));
  readonly leave = computed(() => leaveToWrite(this.you.value, this.settings.value));
  /** A reader looks at older lines, which stay meanwhile. */
  reading = false;
  readonly #transcript = new Transcript();
  readonly #socket: ChatSocket;
  readonly #step: PictureStep;
  readonly #arrivalHandlers = new Set<(messages: readonly ChatMessage[]) => void>();
  readonly #reactionHandlers = new Set<(counts: Partial<Record<Reaction, number>>) => void>();
  #gathered: ChatMessage[] = [];
  #gathering: ReturnType<typeof setTimeout> | undefined;
  #joining: ReturnType<typeof setTimeout> | undefined;
  #attempt = 0;
  #wasJoined = false;
  #delivering = false;
  #closed = false;

  constructor(private readonly options: ChatRoomOptions) {
    this.channel = options.channel;
    this.#step = new PictureStep(options.capturedAtMs ?? (() => undefined), (messages) => this.#arrive(messages));
    this.#socket = options.connect(this);
  }

  /** Connects, and joins on every connection. */
  start(): void {
    const open = () => this.#closed || this.#socket.open();
    this.options.identify().then(open, open);
  }

  /** Says something, shown at once; `replyTo` is the line that it answers. */
  say(text: string, replyTo?: Line): void {
    const you = this.you.value;
    const body = text.replace(/\s+/gu, ' ').trim();
    if (you === undefined || body === '') return;
    const clientId = newClientId();
    const mediaAtMs = this.options.capturedAtMs?.();
    this.#transcript.put({
      id: '',
      channel: this.channel,
      seq: Infinity,
      author: you.author,
      name: you.name ?? '',
      role: you.role,
      body,
      replyTo: replyTo === undefined ? null : { id: replyTo.id, name: replyTo.name, body: replyTo.body },
      clientId,
      sentAtMs: Date.now(),
      mediaAtMs: mediaAtMs === undefined ? null : Math.round(mediaAtMs),
      key: keyOf({ author: you.author, clientId }),
      delivery: 'pending',
    });
    this.#show();
    void this.#deliver();
  }

  /** Sends a line again that failed. */
  retry(line: Line): void {
    const { trouble: _, ...again } = line;
    this.#transcript.put({ ...again, delivery: 'pending' });
    this.#show();
    void this.#deliver();
  }

  /** Gives up a line that was not sent. */
  discard(line: Line): void {
    this.#transcript.drop(line.key);
    this.#show();
  }

  /** Chooses a guest's name; answers why not. */
  async chooseName(name: string): Promise<Trouble | undefined> {
    const reply = await this.#request('name', { name });
    if (!reply.ok) return reply.fault;
    this.you.value = reply.answer;
    this.options.nameMemory.keep(reply.answer.name ?? name);
    return undefined;
  }

  /** Asks the server for something in this channel; answers why not. */
  async ask<Name extends RoomRequest>(name: Name, body: Omit<ChatBody<Name>, 'channel'>): Promise<Trouble | undefined> {
    const reply = await this.#request(name, { ...body, channel: this.channel } as ChatBody<Name>);
    if (!reply.ok) return reply.fault;
    if (name === 'settings') this.settings.value = reply.answer as ChatSettings;
    if (name === 'vote') this.choice.value = (body as ChatBody<'vote'>).choice;
    if (name === 'vote' || name === 'openPoll' || name === 'closePoll') this.#tellPoll(reply.answer as Poll);
    return undefined;
  }

  /** Calls with the messages that come in while the room is open, without those that were there before; answers how to stop it. */
  onArrival(handler: (messages: readonly ChatMessage[]) => void): () => void {
    this.#arrivalHandlers.add(handler);
    return () => void this.#arrivalHandlers.delete(handler);
  }

  /** Calls with the reactions of the last moments; answers how to stop it. */
  onReactions(handler: (counts: Partial<Record<Reaction, number>>) => void): () => void {
    this.#reactionHandlers.add(handler);
    return () => void this.#reactionHandlers.delete(handler);
  }

  /** Connects anew, as whoever uses the browser now. */
  renew(): void {
    if (!this.#closed) this.#socket.renew();
  }

  /** Tries to connect at once, when it waits to try again. */
  nudge(): void {
    if (!this.#closed) this.#socket.nudge();
  }

  /** Leaves for good; idempotent. */
  close(): void {
    this.#closed = true;
    this.#attempt += 1;
    clearTimeout(this.#joining);
    clearTimeout(this.#gathering);
    this.#step.close();
    this.#socket.close();
  }

  connected(): void {
    void this.#join();
  }

  disconnected(): void {
    this.#attempt += 1;
    clearTimeout(this.#joining);
    if (this.phase.value === 'joined') this.phase.value = 'reconnecting';
  }

  told([name, event]: ChatEvent): void {
    if (event.channel !== this.channel) return;
    switch (name) {
      case 'message':
        return this.#hear(event);
      case 'deleted':
        return this.#delete(event.ids);
      case 'purged':
        return this.#purge(event.author);
      case 'settings':
        this.settings.value = event.settings;
        if (event.settings.slowSeconds === 0) this.slowUntilMs.value = 0;
        return;
      case 'reactions':
        for (const handler of this.#reactionHandlers) handler(event.counts);
        return;
      case 'poll':
        return this.#tellPoll(event.poll);
      case 'closed':
        return this.#notJoined(event.fault);
      case 'banned':
        return this.#turnOut(event.untilMs, event.reason);
      case 'live':
        this.live.value = event.live;
        return;
      case 'viewers':
        this.viewers.value = event.viewers;
        return;
      case 'you':
        this.you.value = event.you;
        return;
      default:
    }
  }

  async #join(): Promise<void> {
    clearTimeout(this.#joining);
    this.#flush();
    this.#attempt += 1;
    const attempt = this.#attempt;
    const [newest, after] = [this.#transcript.newest, this.#transcript.before(OVERLAP)];
    const { channel, watchToken } = this.options;
    const reply = await this.#request('join', {
      channel,
      ...(this.#wasJoined && { after }),
      ...(watchToken !== undefined && { watchToken }),
    });
    if (attempt !== this.#attempt) return;
    if (!reply.ok) return this.#notJoined(reply.fault);
    this.#enter(reply.answer, { after, newest });
    await this.#offerName();
    await this.#deliver();
  }

  #enter(answer: ChatAnswers['join'], asked: { after: number; newest: number }): void {
    this.#wasJoined = true;
    this.ban.value = undefined;
    this.you.value = answer.you;
    this.settings.value = answer.settings;
    this.poll.value = answer.poll;
    this.choice.value = answer.choice;
    this.live.value = answer.live;
    this.viewers.value = answer.viewers;
    // Those that waited for their picture are told again.
    this.#step.close();
    this.#transcript.reconcile(answer.messages, { ...asked, gap: answer.gap });
    this.phase.value = 'joined';
    this.#show();
  }

  #notJoined(trouble: Trouble): void {
    if (trouble.code === 'banned') {
      return this.#turnOut(trouble.retryAfterMs === undefined ? null : Date.now() + trouble.retryAfterMs, '');
    }
    const out = this.ban.value;
    // A private channel is not there at all for who is banned.
    if (trouble.code === 'not-found' && out !== undefined && (out.untilMs ?? Infinity) > Date.now()) {
      return this.#turnOut(out.untilMs, '');
    }
    const passes = ['too-fast', 'internal', 'unanswered'].includes(trouble.code);
    if (!passes) this.phase.value = 'refused';
    const waitMs = trouble.retryAfterMs ?? (passes ? JOIN_AGAIN_MS : undefined);
    if (waitMs !== undefined) this.#joining = setTimeout(() => void this.#join(), waitMs);
  }

  #turnOut(untilMs: number | null, reason: string): void {
    const known = this.ban.value;
    this.ban.value = { untilMs, reason: reason === '' ? (known?.reason ?? '') : reason };
    this.phase.value = 'out';
    if (this.you.value !== undefined) this.#purge(this.you.value.author);
    clearTimeout(this.#joining);
    const waitMs = untilMs === null ? LOOK_IN_AGAIN_MS : untilMs - Date.now() + 500;
    this.#joining = setTimeout(() => void this.#join(), Math.min(LOOK_IN_AGAIN_MS, Math.max(1000, waitMs)));
  }

  async #offerName(): Promise<void> {
    const you = this.you.value;
    const name = this.options.nameMemory.recall();
    if (you?.name === null && !you.isAccount && name !== undefined) await this.chooseName(name);
  }

  /** Sends what waits, one after the other, so that it stands in the order in which it was written. */
  async #deliver(): Promise<void> {
    if (this.#delivering) return;
    this.#delivering = true;
    const next = () => this.#transcript.lines.find(({ delivery }) => delivery === 'pending');
    for (let line = next(); line !== undefined && this.phase.value === 'joined'; line = next()) await this.#send(line);
    this.#delivering = false;
  }

  async #send(line: Line): Promise<void> {
    const { channel, clientId, body, replyTo, mediaAtMs } = line;
    const reply = await this.#request('say', {
      channel,
      clientId,
      body,
      ...(replyTo !== null && { replyTo: replyTo.id }),
      ...(mediaAtMs !== null && { mediaAtMs }),
    });
    const { slowSeconds } = this.settings.value;
    if (reply.ok) {
      if (!this.moderates.value && slowSeconds > 0) this.slowUntilMs.value = Date.now() + slowSeconds * 1000;
      this.#transcript.add([reply.answer]);
    } else if (reply.fault.code !== 'unanswered' || this.phase.value === 'joined') {
      const { code, retryAfterMs } = reply.fault;
      if (code === 'slow-mode') this.slowUntilMs.value = Date.now() + (retryAfterMs ?? slowSeconds * 1000);
      this.#transcript.put({ ...line, delivery: 'failed', trouble: reply.fault });
      if (code === 'not-joined') void this.#join();
    }
    this.#show();
  }

  async #request<Name extends keyof ChatAnswers>(
    name: Name,
    body: ChatBody<Name>,
  ): Promise<ChatReply<ChatAnswers[Name]> | { readonly ok: false; readonly fault: Trouble }> {
    try {
      return await this.#socket.request(name, body);
    } catch {
      return { ok: false, fault: { code: 'unanswered' } };
    }
  }

  #hear(message: ChatMessage): void {
    if (message.author === this.you.value?.author || !this.#step.holds(message)) this.#arrive([message]);
  }

  /** Gathers what comes in quick succession, so that a fast chat is drawn a few times a second. */
  #arrive(messages: readonly ChatMessage[]): void {
    this.#gathered.push(...messages);
    this.#gathering ??= setTimeout(() => this.#flush(), GATHER_MS);
  }

  #flush(): void {
    clearTimeout(this.#gathering);
    this.#gathering = undefined;
    if (this.#gathered.length === 0) return;
    const messages = this.#gathered;
    this.#gathered = [];
    this.#transcript.add(messages);
    this.#show();
    for (const handler of this.#arrivalHandlers) handler(messages);
  }

  #purge(author: string): void {
    this.#flush();
    this.#step.forget((message) => message.author === author);
    this.#transcript.purge(author);
    this.#show();
  }

  #delete(ids: readonly string[]): void {
    this.#flush();
    this.#step.forget(({ id }) => ids.includes(id));
    this.#transcript.remove(ids);
    this.#show();
  }

  #tellPoll(poll: Poll): void {
    if (poll.id !== this.poll.value?.id) this.choice.value = null;
    this.poll.value = poll;
  }

  #show(): void {
    this.#transcript.trim(this.reading ? LINES_KEPT_FOR_READERS : LINES_KEPT);
    this.lines.value = this.#transcript.lines;
  }
}
