import type { Recording, RecordingLink, RecordingPage, UpdateRecording } from '@weir/contract';
import { ask } from './ask.js';

/** Which recordings to list: of one channel or of all, the newest or those after a page. */
export interface RecordingChoice {
  readonly channel?: string | undefined;
  readonly after?: string | undefined;
  readonly limit?: number;
}

/** Lists recordings, newest first. */
export async function listRecordings(choice: RecordingChoice): Promise<RecordingPage> {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(choice)) if (value !== undefined) query.set(name, String(value));
  return ask<RecordingPage>(`/api/recordings?${query}`, 'GET');
}

/** Reads one recording. */
export async function getRecording(id: string): Promise<Recording> {
  return ask<Recording>(pathOf(id), 'GET');
}

/** Changes a recording's title or protection. */
export async function updateRecording(id: string, change: UpdateRecording): Promise<Recording> {
  return ask<Recording>(pathOf(id), 'PATCH', change);
}

/** Deletes a recording with all its files. */
export async function deleteRecording(id: string): Promise<void> {
  await ask<undefined>(pathOf(id), 'DELETE');
}

/** Makes a link that works for everybody until it expires. */
export async function shareRecording(id: string, expiresInSeconds: number): Promise<RecordingLink> {
  return ask<RecordingLink>(`${pathOf(id)}/links`, 'POST', { expiresInSeconds });
}

/** The address of a recording's file by a link that was shared; as it is where there is none. */
export function sharedUrl(url: string, id: string, shareToken: string | undefined): string {
  if (shareToken === undefined) return url;
  return url.replace(`/recordings/${id}/`, `/shared/${id}/${encodeURIComponent(shareToken)}/`);
}

function pathOf(id: string): string {
  return `/api/recordings/${encodeURIComponent(id)}`;
}
