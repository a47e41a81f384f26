import { chatWritingWords } from '../language/chat-writing.js';
import type { Trouble } from './trouble.js';

/** Why something was not done, in a sentence for people. */
export function troubleText({ code }: Trouble): string {
  const words: Readonly<Record<string, string>> = chatWritingWords.value.troubles;
  return words[code] ?? chatWritingWords.value.troubles.internal;
}
