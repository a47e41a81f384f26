import type { Caller } from '@weir/auth';
import { ChatMessage, Role } from '@weir/contract';
import type { ChatMessageRow } from '@weir/store';

/** A stored message as pages are told it. */
export function chatMessageOf(row: ChatMessageRow): ChatMessage {
  const { id, channel, seq, author, name, body, clientId, sentAtMs } = row;
  const role = Role.safeParse(row.role).data ?? null;
  const mediaAtMs = row.mediaAtMs ?? null;
  return { id, channel, seq, author, name, role, body, replyTo: row.replyTo ?? null, clientId, sentAtMs, mediaAtMs };
}

/** Whether what proves the caller is good for a scope; it always is without a token. */
export function hasScope(caller: Pick<Caller, 'scopes'>, scope: 'chat:write' | 'chat:moderate'): boolean {
  return caller.scopes?.has(scope) !== false;
}
