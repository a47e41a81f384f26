import type { Recording } from '@weir/contract';
import { bytesText, clockTime, dateText } from '../language/format.js';
import { recordingsWords } from '../language/recordings.js';

/** Whether nothing about it will change by itself. */
export function isSettled({ state }: Recording): boolean {
  return state === 'ready' || state === 'failed';
}

/** The name of a recording, which has one of its own or that of its channel. */
export function titleOf({ title, channel }: Recording): string {
  return title === '' ? channel : title;
}

/** What a recording is, in a few words each: date, length, size. */
export function factsOf({ startedAt, durationSeconds, bytes }: Recording): string[] {
  return [dateText(startedAt), clockTime(durationSeconds * 1000), ...(bytes > 0 ? [bytesText(bytes)] : [])];
}

/** How a recording is doing, with the part that is done; empty when it is ready. */
export function stateText({ state, progress }: Recording): string {
  const words = recordingsWords.value;
  if (state === 'ready') return '';
  const name = words.states[state];
  return progress === null ? name : `${name} · ${words.progress(Math.floor(progress * 100))}`;
}
