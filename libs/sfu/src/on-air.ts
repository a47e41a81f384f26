import type { MediaKind } from '@weir/rtp';
import type { Layer } from './layer.js';
import type { Producer } from './producer.js';
import type { CloseReason } from './session.js';

/** What a router has on air: a publisher, or a feed of this machine. */
export interface OnAir {
  readonly producers: readonly Producer[];
  /** This machine's wall clock minus the source's, milliseconds; undefined before that is known. */
  readonly clockOffsetMs: number | undefined;
  /** The layer that viewers get of one kind; undefined before its first packet. */
  currentOf(kind: MediaKind): Layer | undefined;
  /** Ends it; idempotent. */
  close(reason: CloseReason): void;
}
