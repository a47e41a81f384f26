import type { ComposeRecording, Composition } from '@weir/contract';
import { ask } from './ask.js';

/** Asks how composing the show of a recording again is, or became the last time. */
export async function getComposition(id: string): Promise<Composition> {
  return ask<Composition>(pathOf(id), 'GET');
}

/** Has the show of a recording composed again. */
export async function composeRecording(id: string, wanted: ComposeRecording): Promise<Composition> {
  return ask<Composition>(pathOf(id), 'POST', wanted);
}

/** Composes the show of a recording no more. */
export async function cancelComposition(id: string): Promise<void> {
  await ask<undefined>(pathOf(id), 'DELETE');
}

function pathOf(id: string): string {
  return `/api/recordings/${encodeURIComponent(id)}/compose`;
}
