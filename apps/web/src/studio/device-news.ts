import type { ChosenDevice } from './device-choice.js';

/** Something to know of a device; one of each source and kind at a time. */
export type DeviceNews =
  /** The device in use went away; another took its place. */
  | { readonly kind: 'fell-back'; readonly source: 'camera' | 'microphone'; readonly label: string }
  /** It went away, and there is no other. */
  | { readonly kind: 'lost'; readonly source: 'camera' | 'microphone' }
  /** The one that was chosen is there again and in use. */
  | { readonly kind: 'back'; readonly source: 'camera' | 'microphone'; readonly label: string }
  /** A new one could be used. */
  | { readonly kind: 'offer'; readonly source: 'camera' | 'microphone'; readonly device: ChosenDevice }
  /** Sharing the screen was ended, perhaps by the browser's own bar. */
  | { readonly kind: 'screen-ended' };

/** The list with one more piece of news, which replaces what it makes untrue. */
export function withNews(list: readonly DeviceNews[], news: DeviceNews): readonly DeviceNews[] {
  return [...list.filter((one) => !isReplaced(one, news)), news];
}

/** The list without what was told of a source, as when somebody chose a device of it. */
export function withoutNewsOf(list: readonly DeviceNews[], source: 'camera' | 'microphone'): readonly DeviceNews[] {
  return list.filter((one) => sourceOf(one) !== source);
}

function isReplaced(one: DeviceNews, by: DeviceNews): boolean {
  return sourceOf(one) === sourceOf(by);
}

function sourceOf(news: DeviceNews): 'camera' | 'microphone' | 'screen' {
  return news.kind === 'screen-ended' ? 'screen' : news.source;
}
