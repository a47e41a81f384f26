import { chatWritingWords } from '../language/chat-writing.js';
import type { Completion } from './completion.js';

interface SuggestionListProps {
  id: string;
  completion: Completion;
  chosen: number;
  onTake: (index: number) => void;
}

/** What can take the place of the word that is being written. */
export function SuggestionList({ id, completion, chosen, onTake }: SuggestionListProps) {
  return (
    <ul id={id} class="suggestions" role="listbox" aria-label={chatWritingWords.value.suggestions}>
      {completion.suggestions.map(({ sign, label }, index) => (
        <li
          key={label}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === chosen}
          // The field keeps the focus.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onTake(index)}
        >
          {sign !== '' && <span aria-hidden="true">{sign}</span>}
          {label}
        </li>
      ))}
    </ul>
  );
}
