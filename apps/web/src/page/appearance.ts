import { effect, signal } from '@preact/signals';
import { recall, remember } from './memory.js';

/** How the page may look: as the system asks, or as the reader chose. */
export const THEMES = ['system', 'dark', 'light'] as const;

/** A theme that can be chosen. */
export type Theme = (typeof THEMES)[number];

const THEME = 'weir.theme';
const MOTION = 'weir.motion';

/** The theme that was chosen. */
export const theme = signal<Theme>(THEMES.find((one) => one === recall(THEME)) ?? 'system');

/** Whether the page may move where the system lets it. */
export const motion = signal(recall(MOTION) !== 'off');

effect(() => {
  const { dataset } = document.documentElement;
  if (theme.value === 'system') delete dataset['theme'];
  else dataset['theme'] = theme.value;
  if (motion.value) delete dataset['motion'];
  else dataset['motion'] = 'off';
});

/** Whether things may move now, by the system's setting and the page's own. */
export function mayMove(): boolean {
  return motion.value && !matchMedia('(prefers-reduced-motion: reduce)').matches;
}

/** Chooses a theme and remembers it. */
export function chooseTheme(chosen: Theme): void {
  theme.value = chosen;
  remember(THEME, chosen === 'system' ? null : chosen);
}

/** Lets the page move or keeps it still, and remembers that. */
export function chooseMotion(on: boolean): void {
  motion.value = on;
  remember(MOTION, on ? null : 'off');
}
