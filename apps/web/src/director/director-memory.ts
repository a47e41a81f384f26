import type { PictureSource } from '../studio/sources.js';

/** How somebody is on the stage in the studio: without taking part, or with what of theirs is shown. */
export type DirectorWay = 'direct' | PictureSource;

const WAYS: readonly string[] = ['direct', 'camera', 'screen', 'none'];

/** How this tab was on the stage of a channel before it was reloaded. */
export function recallWay(channel: string): DirectorWay | undefined {
  const way = sessionStorage.getItem(nameOf(channel));
  return way !== null && WAYS.includes(way) ? (way as DirectorWay) : undefined;
}

/** Remembers it until this tab is closed. */
export function rememberWay(channel: string, way: DirectorWay): void {
  // A screen is asked for by a click only.
  sessionStorage.setItem(nameOf(channel), way === 'screen' ? 'none' : way);
}

function nameOf(channel: string): string {
  return `weir.director.${channel}`;
}
