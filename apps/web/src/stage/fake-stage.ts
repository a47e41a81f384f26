import type { Stage, StageGuest, StageReply } from '@weir/contract';
import type { StageEvent, StageListener, StageSocket } from './stage-socket.js';

/** Stands in for the connection to a stage where a spec is about the page alone. */
export class FakeStage implements StageSocket {
  readonly requests: { readonly name: string; readonly body: object }[] = [];
  /** What every request is answered; undefined loses it. */
  reply: StageReply | undefined = { ok: true };
  isOpen = false;

  constructor(readonly listener: StageListener) {}

  open(): void {
    this.isOpen = true;
    this.listener.connected();
  }

  renew(): void {}

  nudge(): void {}

  async request(name: string, body: object): Promise<StageReply> {
    this.requests.push({ name, body });
    if (this.reply === undefined) throw new Error('lost');
    return this.reply;
  }

  tell(...event: StageEvent): void {
    this.listener.told(event);
  }

  close(): void {
    this.isOpen = false;
  }
}

/** A guest as the server tells him. */
export function guestOf(id: string, more: Partial<StageGuest> = {}): StageGuest {
  return {
    id,
    name: `Guest ${id}`,
    state: 'backstage',
    role: null,
    connected: false,
    sharesScreen: false,
    muted: false,
    mutedByDirector: false,
    quality: null,
    joinedAt: '2026-01-01T00:00:00.000Z',
    ...more,
  };
}

/** A stage as the server tells it, with some guests on it. */
export function stageOf(
  guests: readonly StageGuest[],
  onStage: readonly string[] = [],
  more: Partial<Stage> = {},
): Stage {
  const place = { label: '', fit: 'cover', gain: 1, muted: false, hidden: false, shows: 'camera' } as const;
  return {
    channel: 'demo',
    title: 'Demo',
    live: false,
    since: null,
    held: false,
    recorded: false,
    arrangement: {
      layout: 'auto',
      guests: onStage.map((guest) => ({ guest, ...place })),
      pinned: null,
      labels: true,
      title: '',
      logo: null,
      background: null,
      card: null,
      transitionMs: 0,
    },
    guests: [...guests],
    speaker: null,
    images: [],
    canvas: { width: 1280, height: 720 },
    canUndo: false,
    ...more,
  };
}
