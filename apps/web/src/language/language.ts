import { computed, effect, signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import { recall, remember } from '../page/memory.js';

const MEMORY = 'weir.language';

/** The languages that the pages speak, by their codes, each in its own name. */
export const LANGUAGES = { en: 'English', ko: '한국어' } as const;

/** The code of a language that the pages speak. */
export type LanguageCode = keyof typeof LANGUAGES;

const chosen = signal(known(recall(MEMORY)) ?? known(navigator.language.slice(0, 2)) ?? 'en');

/** The code of the current language. */
export const language: ReadonlySignal<LanguageCode> = chosen;

effect(() => {
  document.documentElement.lang = chosen.value;
});

/** Switches every text on the page, and remembers it. */
export function chooseLanguage(code: string): void {
  chosen.value = known(code) ?? 'en';
  remember(MEMORY, chosen.value);
}

/** One section of the catalogue in every language; a page ships only the sections that it uses. */
export function section<Words>(texts: { en: Words } & Record<LanguageCode, NoInfer<Words>>): ReadonlySignal<Words> {
  return computed(() => texts[chosen.value]);
}

function known(code: string | null): LanguageCode | undefined {
  return code !== null && Object.hasOwn(LANGUAGES, code) ? (code as LanguageCode) : undefined;
}
