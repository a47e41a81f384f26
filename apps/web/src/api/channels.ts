import type {
  Channel,
  CreateChannel,
  CreatedStreamKey,
  ProgramStatus,
  StreamKeySummary,
  UpdateChannel,
  WatchToken,
} from '@weir/contract';
import { ask } from './ask.js';

/** Which channels to list beside the public ones that are live: those with a role in them, those followed, or all, for administrators. */
export type ChannelChoice = 'mine' | 'following' | 'all';

/** Lists the public channels that are live, or those chosen. */
export async function listChannels(choice?: ChannelChoice): Promise<Channel[]> {
  return ask<Channel[]>(choice === undefined ? '/api/channels' : `/api/channels?${choice}=true`, 'GET');
}

/** Reads one channel. */
export async function getChannel(name: string): Promise<Channel> {
  return ask<Channel>(channelPath(name), 'GET');
}

/** Reads how HLS and recording of a live channel are doing. */
export async function getProgram(name: string): Promise<ProgramStatus> {
  return ask<ProgramStatus>(`/api/programs/${encodeURIComponent(name)}`, 'GET');
}

/** Changes a channel's texts, visibility or settings. */
export async function updateChannel(name: string, change: UpdateChannel): Promise<Channel> {
  return ask<Channel>(channelPath(name), 'PATCH', change);
}

/** Creates a channel. */
export async function createChannel(channel: CreateChannel): Promise<Channel> {
  return ask<Channel>('/api/channels', 'POST', channel);
}

/** Creates a stream key; the only time that its value is told. */
export async function createKey(channel: string, label: string): Promise<CreatedStreamKey> {
  return ask<CreatedStreamKey>(`${channelPath(channel)}/keys`, 'POST', label === '' ? {} : { label });
}

/** Deletes a channel with everything that belongs to it. */
export async function deleteChannel(name: string): Promise<void> {
  await ask(channelPath(name), 'DELETE');
}

/** Lists a channel's stream keys, without their values. */
export async function listKeys(channel: string): Promise<StreamKeySummary[]> {
  return ask<StreamKeySummary[]>(`${channelPath(channel)}/keys`, 'GET');
}

/** Ends a stream key for good, and the broadcast that came with it. */
export async function revokeKey(channel: string, id: string): Promise<void> {
  await ask(`${channelPath(channel)}/keys/${encodeURIComponent(id)}`, 'DELETE');
}

/** Gives a channel a picture. */
export async function setAvatar(channel: string, picture: Blob): Promise<Channel> {
  return ask<Channel>(`${channelPath(channel)}/avatar`, 'PUT', picture);
}

/** Takes a channel's picture away. */
export async function removeAvatar(channel: string): Promise<void> {
  await ask(`${channelPath(channel)}/avatar`, 'DELETE');
}

/** Follows a channel or leaves off. */
export async function follow(channel: string, on: boolean): Promise<void> {
  await ask(`${channelPath(channel)}/follow`, on ? 'PUT' : 'DELETE');
}

/** Makes the watch link's token, which is told only now; the one before ends. */
export async function createWatchToken(channel: string): Promise<WatchToken> {
  return ask<WatchToken>(`${channelPath(channel)}/watch-token`, 'POST');
}

/** Ends the watch link of a channel. */
export async function revokeWatchToken(channel: string): Promise<void> {
  await ask(`${channelPath(channel)}/watch-token`, 'DELETE');
}

/** The path of a channel in the API. */
export function channelPath(name: string): string {
  return `/api/channels/${encodeURIComponent(name)}`;
}
