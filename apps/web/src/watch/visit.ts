import { effect } from '@preact/signals';
import type { ChatRoom } from '../chat/chat-room.js';
import { exposeDebugHandle } from '../media/debug-handle.js';
import { Playback } from '../player/playback.js';
import type { StatsSource } from '../player/stats-panel.js';
import { searchWith, transportOf } from '../player/transport.js';
import { ChannelFacts } from './channel-facts.js';
import { statsOf } from './stats.js';
import { debugHandleOf, SwitchingPlayer } from './switching-player.js';
import { WatchAccess } from './watch-access.js';

const LIVE_MS = 10_000;
const AWAY_MS = 3000;
/** Where the chat tells at once what changed. */
const TOLD_MS = 30_000;
/** Something is live, and this page has not got it yet. */
const LATE_MS = 1000;

/** What a visit begins with. */
export interface VisitOptions {
  readonly channel: string;
  /** Silent or not whatever the viewer chose before; undefined leaves it to the viewer. */
  readonly muted?: boolean | undefined;
  /** Enters the chat; left out where there is none. */
  readonly openChat?: (options: {
    readonly channel: string;
    readonly watchToken: string | undefined;
    readonly capturedAtMs: () => number | undefined;
  }) => ChatRoom;
}

/** A visit to one channel: the right to watch it, the player, what is known of the channel, and its chat. */
export class Visit {
  readonly player: SwitchingPlayer;
  readonly facts: ChannelFacts;
  readonly room: ChatRoom | undefined;
  readonly #access: WatchAccess;

  constructor({ channel, muted, openChat }: VisitOptions) {
    const access = WatchAccess.ofAddress(channel);
    this.#access = access;
    this.player = new SwitchingPlayer({
      channel,
      playback: new Playback({ muted }),
      pinned: transportOf(location.search),
      token: access.token,
      askChannel: () => access.read(),
      onPinned: (transport) =>
        history.replaceState(history.state, '', `${location.pathname}${searchWith(location.search, transport)}`),
    });
    const capturedAtMs = () => this.player.capturedAtMs();
    this.room = openChat?.({ channel, watchToken: access.token, capturedAtMs });
    this.facts = new ChannelFacts(
      access,
      () => this.#patienceMs(),
      (facts) => this.player.told(facts),
    );
    exposeDebugHandle(debugHandleOf(this.player));
  }

  get channel(): string {
    return this.#access.channel;
  }

  /** Plays as soon as there is something to play. */
  async start(): Promise<void> {
    if (this.#access.token !== undefined) await this.#access.exchange();
    this.player.start();
    this.facts.start();
    this.#hearRoom();
  }

  /** What the statistics show now. */
  stats(): StatsSource {
    return statsOf(this.player, this.channel);
  }

  #patienceMs(): number {
    const away = ['offline', 'ended'].includes(this.player.state.peek());
    if (away && this.facts.channel.peek()?.live === true) return LATE_MS;
    if (this.room?.phase.peek() === 'joined') return TOLD_MS;
    return away ? AWAY_MS : LIVE_MS;
  }

  #hearRoom(): void {
    const { room } = this;
    if (room === undefined) return;
    let wasLive: boolean | undefined;
    effect(() => {
      const live = room.live.value;
      if (wasLive !== undefined && live !== wasLive) void this.facts.refresh();
      wasLive = live;
    });
  }
}
