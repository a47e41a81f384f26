import type { JoinedStage, JoinStage, Stage } from '@weir/contract';
import { RequestRefused } from '../media/request-refused.js';
import { ask } from './ask.js';
import { channelPath } from './channels.js';

/** Joins a stage by an invitation; throws RequestRefused. */
export async function joinStage(body: JoinStage): Promise<JoinedStage> {
  return ask<JoinedStage>('/api/stage/join', 'POST', body);
}

/** Joins the stage of a channel as one of its members, by the account's name unless another is given; throws RequestRefused. */
export async function joinStageAsMember(channel: string, name?: string): Promise<JoinedStage> {
  return ask<JoinedStage>(`${channelPath(channel)}/stage/join`, 'POST', name === undefined ? {} : { name });
}

/** Reads a stage as its guest; throws RequestRefused. */
export async function readStage(channel: string, token: string): Promise<Stage> {
  const headers = { Authorization: `Bearer ${token}` };
  const response = await fetch(`${channelPath(channel)}/stage`, { headers });
  if (!response.ok) throw await RequestRefused.from(response);
  return (await response.json()) as Stage;
}
