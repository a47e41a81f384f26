import { findEmoji } from './emoji-list.js';
import { COMMANDS } from './slash-command.js';

const MOST = 6;

/** Something that can take the place of what is being typed. */
export interface Suggestion {
  /** What stands in the list before the words; an emoji, or nothing. */
  readonly sign: string;
  readonly label: string;
  /** Takes the place from `start` on to the caret. */
  readonly insert: string;
}

/** What can be put in the place of the word before the caret. */
export interface Completion {
  /** Where in the text that word begins. */
  readonly start: number;
  readonly suggestions: readonly Suggestion[];
}

/** What there is to choose from. */
export interface Choices {
  readonly names: readonly string[];
  readonly mayModerate: boolean;
}

/** Completes `:emoji`, `@name` and `/command` before the caret; undefined where there is nothing to complete. */
export function complete(text: string, caret: number, choices: Choices): Completion | undefined {
  const [, mark, typed = ''] = /(?:^|(?<=\s))([:@/])(\S*)$/u.exec(text.slice(0, caret)) ?? [];
  if (mark === undefined) return undefined;
  const start = caret - typed.length - 1;
  const suggestions = (
    mark === ':' ? emoji(typed) : mark === '@' ? names(typed, choices) : commands(typed, start, choices)
  ).slice(0, MOST);
  return suggestions.length === 0 ? undefined : { start, suggestions };
}

function emoji(typed: string): readonly Suggestion[] {
  if (typed.length < 1 || typed.endsWith(':')) return [];
  return findEmoji(typed).map(({ sign, code }) => ({ sign, label: `:${code}:`, insert: `${sign} ` }));
}

function names(typed: string, choices: Choices): readonly Suggestion[] {
  const wanted = typed.toLowerCase();
  return choices.names
    .filter((name) => name.toLowerCase().startsWith(wanted))
    .map((name) => ({ sign: '', label: `@${name}`, insert: `@${name} ` }));
}

function commands(typed: string, start: number, { mayModerate }: Choices): readonly Suggestion[] {
  if (start > 0) return [];
  return COMMANDS.filter(
    ({ word, forModerators }) => word.startsWith(typed.toLowerCase()) && (mayModerate || !forModerators),
  ).map(({ word }) => ({ sign: '', label: word, insert: `/${word} ` }));
}
