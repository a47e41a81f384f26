import type { Arrangement } from '@weir/stage';

/** What programs ask the stages of channels for. */
export interface Stages {
  /** What the program of a channel shows; undefined for its publisher alone. */
  arrangement(channel: string): Arrangement | undefined;
  /** The files of the images that it names, by name. */
  images(channel: string): ReadonlyMap<string, Uint8Array>;
}

/** The publisher alone, for a program that was a stage before. */
export const publisherAlone: Arrangement = {
  layout: 'solo',
  guests: [{ guest: 'publisher', label: '', fit: 'contain', gain: 1, muted: false, hidden: false, shows: 'camera' }],
  pinned: null,
  labels: false,
  title: '',
  logo: null,
  background: null,
  card: null,
  transitionMs: 0,
};
