import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { MediaPool } from '@weir/sfu';
import { RouterDescriptions, SessionRegistry } from '@weir/signalling';
import { Log } from '@weir/telemetry';
import { type Guest, type GuestSource, screenOf } from './guest.js';
import { routerOf } from './router-of.js';
import { StagePublisher, type StagePublisherSurroundings } from './stage-publisher.js';
import { StageRegistry } from './stage-registry.js';

/** For how long those who watch a guest wait for him, who may only have reloaded his page. */
const ROUTER_KEPT_MS = 30_000;
/** What is more than a page that is opened again while the one before is still known. */
const SESSIONS_MOST = 3;

/** What guests send: it is silent while they are muted, and ends when they are removed. */
@Injectable()
export class StagePublishers implements OnModuleInit, OnModuleDestroy {
  readonly #stages: StageRegistry;
  readonly #sessions: SessionRegistry;
  readonly #pool: MediaPool;
  readonly #descriptions: RouterDescriptions;
  readonly #around: StagePublisherSurroundings;
  /** Sessions by router, the oldest first. */
  readonly #open = new Map<string, StagePublisher[]>();
  readonly #ends = new Map<string, NodeJS.Timeout>();
  readonly #onRemoved = (guest: Guest): void => this.#end(guest);
  readonly #onMuted = (guest: Guest): void => this.#silence(guest);

  constructor(
    stages: StageRegistry,
    sessions: SessionRegistry,
    pool: MediaPool,
    descriptions: RouterDescriptions,
    log: Log,
  ) {
    this.#stages = stages;
    this.#sessions = sessions;
    this.#pool = pool;
    this.#descriptions = descriptions;
    this.#around = {
      log,
      opened: (publisher) => this.#opened(publisher),
      connected: (publisher, session) => this.#connected(publisher, session),
      gone: (publisher, session, asked) => this.#gone(publisher, session, asked),
    };
  }

  onModuleInit(): void {
    this.#stages.events.on('removed', this.#onRemoved).on('muted', this.#onMuted);
  }

  onModuleDestroy(): void {
    this.#stages.events.off('removed', this.#onRemoved).off('muted', this.#onMuted);
    for (const timer of this.#ends.values()) clearTimeout(timer);
  }

  /** A session in which a guest sends; the oldest of more than three ends. */
  create(guest: Guest, source: GuestSource): StagePublisher {
    return new StagePublisher(guest, source, routerOf(guest, source), this.#around);
  }

  #opened(publisher: StagePublisher): void {
    const { guest, channel: router } = publisher;
    this.#keepRouter(router);
    const [oldest, ...others] = this.#open.get(router) ?? [];
    this.#open.set(router, [...(oldest === undefined ? [] : [oldest]), ...others, publisher]);
    if (oldest !== undefined && others.length + 2 > SESSIONS_MOST)
      this.#sessions.closeNotAllowed((owner) => owner === oldest);
    this.#silence(guest);
  }

  #connected({ guest, source }: StagePublisher, session: string): void {
    // A screen that is shared anew is another one.
    if (source === 'screen' && !guest.sends('screen')) guest.isScreenMuted = false;
    guest.connected(source, session);
    this.#silence(guest);
    this.#stages.changed(guest.channel);
  }

  #gone(publisher: StagePublisher, session: string, asked: boolean): void {
    const { guest, source, channel: router } = publisher;
    const others = (this.#open.get(router) ?? []).filter((other) => other !== publisher);
    if (others.length > 0) this.#open.set(router, others);
    else this.#open.delete(router);
    guest.disconnected(source, session, Date.now());
    if (guest.isRemoved) return;
    if (others.length === 0) this.#endSoon(router);
    if (asked && source === 'screen' && !guest.sends('screen')) this.#stages.of(guest.channel).drop(screenOf(guest.id));
    this.#stages.changed(guest.channel);
  }

  #silence(guest: Guest): void {
    if (guest.isRemoved) return;
    this.#pool.silence(routerOf(guest, 'camera'), guest.isMuted);
    this.#pool.silence(routerOf(guest, 'screen'), guest.isScreenMuted);
  }

  #end(guest: Guest): void {
    this.#sessions.closeNotAllowed((owner) => owner instanceof StagePublisher && owner.guest === guest);
    for (const source of ['camera', 'screen'] as const) this.#endRouter(routerOf(guest, source));
  }

  #keepRouter(router: string): void {
    clearTimeout(this.#ends.get(router));
    this.#ends.delete(router);
  }

  #endSoon(router: string): void {
    this.#keepRouter(router);
    const end = setTimeout(() => this.#endRouter(router), ROUTER_KEPT_MS);
    this.#ends.set(router, end.unref());
  }

  #endRouter(router: string): void {
    this.#keepRouter(router);
    this.#pool.endStream(router);
    this.#descriptions.forget(router);
  }
}
