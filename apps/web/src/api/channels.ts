import type { AdminAccess, Channel, CreateChannel, CreatedStreamKey } from '@weir/contract';
import { RequestRefused } from '../media/request-refused.js';

/** Lists the live channels; with an admin token, all of them. */
export async function listChannels(adminToken?: string): Promise<Channel[]> {
  return ask<Channel[]>(adminToken === undefined ? '/api/channels' : '/api/channels?all=true', 'GET', adminToken);
}

/** Reads one channel. */
export async function getChannel(name: string): Promise<Channel> {
  return ask<Channel>(`/api/channels/${encodeURIComponent(name)}`, 'GET');
}

/** Creates a channel. */
export async function createChannel(adminToken: string, channel: CreateChannel): Promise<Channel> {
  return ask<Channel>('/api/channels', 'POST', adminToken, channel);
}

/** Creates a stream key; the only time that its value is told. */
export async function createKey(adminToken: string, channel: string, label: string): Promise<CreatedStreamKey> {
  const path = `/api/channels/${encodeURIComponent(channel)}/keys`;
  return ask<CreatedStreamKey>(path, 'POST', adminToken, label === '' ? {} : { label });
}

/** Exchanges the code of the one-time admin link for the admin token. */
export async function redeemAdminCode(code: string): Promise<AdminAccess> {
  return ask<AdminAccess>('/api/admin/token', 'POST', undefined, { code });
}

async function ask<Answer>(path: string, method: string, token?: string, body?: object): Promise<Answer> {
  const response = await fetch(path, {
    method,
    headers: {
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      ...(token !== undefined && { Authorization: `Bearer ${token}` }),
    },
    body: body === undefined ? null : JSON.stringify(body),
  });
  if (!response.ok) throw await RequestRefused.from(response);
  return (await response.json()) as Answer;
}
