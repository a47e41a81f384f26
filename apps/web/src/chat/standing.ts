import type { ChatSelf, ChatSettings } from '@weir/contract';

/** Whether somebody may write, and if not, what is missing; `wait` until the server has said who it is. */
export type Leave = 'yes' | 'wait' | 'name' | 'accounts-only' | 'followers-only' | 'members-only';

/** Whether somebody keeps order in the channel. */
export function isModerator(you: Pick<ChatSelf, 'role'> | undefined): boolean {
  return you?.role === 'owner' || you?.role === 'moderator';
}

/** Whether somebody may write under these settings; the server decides all the same. */
export function leaveToWrite(you: ChatSelf | undefined, { mode }: ChatSettings): Leave {
  if (you === undefined) return 'wait';
  if (!isModerator(you)) {
    if (mode === 'members' && you.role === null) return 'members-only';
    if (mode !== 'everyone' && !you.isAccount) return 'accounts-only';
    if (mode === 'followers' && !you.follows && you.role === null) return 'followers-only';
  }
  return you.name === null ? 'name' : 'yes';
}
