import type { CaptionTrack } from '@weir/contract';
import { ask } from './ask.js';

/** Sets the captions of a recording in one language; an empty label means the language's own name. */
export async function putCaptions(id: string, language: string, label: string, text: Blob): Promise<CaptionTrack> {
  const query = label === '' ? '' : `?label=${encodeURIComponent(label)}`;
  return ask<CaptionTrack>(`${pathOf(id)}/${encodeURIComponent(language)}${query}`, 'PUT', text);
}

/** Removes the captions of one language. */
export async function deleteCaptions(id: string, language: string): Promise<void> {
  await ask(`${pathOf(id)}/${encodeURIComponent(language)}`, 'DELETE');
}

function pathOf(id: string): string {
  return `/api/recordings/${encodeURIComponent(id)}/captions`;
}
