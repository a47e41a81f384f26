import type { BanList, ChatReplay } from '@weir/contract';
import { ask } from './ask.js';

/** Lists who is out of a channel's chat, for its moderators. */
export async function listBans(channel: string): Promise<BanList> {
  return ask<BanList>(`/api/channels/${encodeURIComponent(channel)}/bans`, 'GET');
}

/** Reads what was said to the pictures of a span of time, Unix milliseconds. */
export async function listChat(channel: string, fromMs: number, toMs: number): Promise<ChatReplay> {
  return ask<ChatReplay>(`/api/channels/${encodeURIComponent(channel)}/chat?from=${fromMs}&to=${toMs}`, 'GET');
}
