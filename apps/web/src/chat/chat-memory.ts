import { recall, remember } from '../page/memory.js';
import type { Announce } from './announcer.js';

const NAME = 'weir.chat-name';
const ANNOUNCE = 'weir.chat-announce';
const HIDDEN = 'weir.chat-hidden';

/** Where a guest's name is kept in this browser. */
export const nameMemory = {
  recall: (): string | undefined => recall(NAME) ?? undefined,
  keep: (name: string): void => remember(NAME, name),
};

/** Which messages are read out; all until something else is chosen. */
export function recallAnnounce(): Announce {
  const kept = recall(ANNOUNCE);
  return kept === 'mentions' || kept === 'off' ? kept : 'all';
}

/** Keeps which messages are read out. */
export function keepAnnounce(announce: Announce): void {
  remember(ANNOUNCE, announce);
}

/** Whether the viewer put the chat away. */
export function isChatHidden(): boolean {
  return recall(HIDDEN) === 'yes';
}

/** Keeps whether the chat is put away. */
export function keepChatHidden(hidden: boolean): void {
  remember(HIDDEN, hidden ? 'yes' : null);
}
