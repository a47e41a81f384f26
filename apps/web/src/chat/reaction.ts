import type { Reaction } from '@weir/contract';

/** The reactions in the order of their buttons; the contract's own list would bring its schemas with it. */
export const REACTION_SIGNS = ['❤️', '👏', '😂', '😮', '🔥', '🎉'] as const satisfies readonly Reaction[];
