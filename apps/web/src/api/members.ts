import type { Ban, ChatSettings, CreatedInvitation, CreateInvitation, Invitation, Member, Role } from '@weir/contract';
import { ask } from './ask.js';
import { channelPath } from './channels.js';

/** What an invitation is made from; what has a default may be left out. */
export type NewInvitation = Partial<CreateInvitation>;

/** Lists who has a role in a channel. */
export async function listMembers(channel: string): Promise<Member[]> {
  return ask<Member[]>(`${channelPath(channel)}/members`, 'GET');
}

/** Gives somebody another role in a channel. */
export async function setMember(channel: string, account: string, role: Role): Promise<void> {
  await ask(`${channelPath(channel)}/members/${encodeURIComponent(account)}`, 'PUT', { role });
}

/** Takes somebody's role in a channel away. */
export async function removeMember(channel: string, account: string): Promise<void> {
  await ask(`${channelPath(channel)}/members/${encodeURIComponent(account)}`, 'DELETE');
}

/** Lists the invitations to a channel, or to the server. */
export async function listInvitations(channel: string | null): Promise<Invitation[]> {
  return ask<Invitation[]>(invitationsPath(channel), 'GET');
}

/** Makes an invitation to a channel, or to the server; the only time that its code is told. */
export async function createInvitation(channel: string | null, body: NewInvitation): Promise<CreatedInvitation> {
  return ask<CreatedInvitation>(invitationsPath(channel), 'POST', body);
}

/** Ends an invitation. */
export async function revokeInvitation(channel: string | null, id: string): Promise<void> {
  await ask(`${invitationsPath(channel)}/${encodeURIComponent(id)}`, 'DELETE');
}

/** Lists who is out of a channel. */
export async function listBans(channel: string): Promise<Ban[]> {
  return ask<Ban[]>(`${channelPath(channel)}/bans`, 'GET');
}

/** Lets somebody in again. */
export async function liftBan(channel: string, author: string): Promise<void> {
  await ask(`${channelPath(channel)}/bans/${encodeURIComponent(author)}`, 'DELETE');
}

/** Reads how a channel's chat works. */
export async function getChatSettings(channel: string): Promise<ChatSettings> {
  return ask<ChatSettings>(`${channelPath(channel)}/chat/settings`, 'GET');
}

/** Changes how a channel's chat works. */
export async function changeChatSettings(channel: string, change: Partial<ChatSettings>): Promise<ChatSettings> {
  return ask<ChatSettings>(`${channelPath(channel)}/chat/settings`, 'PATCH', change);
}

function invitationsPath(channel: string | null): string {
  return channel === null ? '/api/invitations' : `${channelPath(channel)}/invitations`;
}
