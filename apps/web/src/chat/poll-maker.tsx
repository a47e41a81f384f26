import { useState } from 'preact/hooks';
import { chatToolWords } from '../language/chat-tools.js';
import type { ChatRoom } from './chat-room.js';
import { troubleText } from './trouble-text.js';
import type { Trouble } from './trouble.js';

const MOST_OPTIONS = 6;

/** A question to the viewers with two to six answers. */
export function PollMaker({ room, onStarted }: { room: ChatRoom; onStarted: () => void }) {
  const words = chatToolWords.value;
  const [question, setQuestion] = useState('');
  const [options, setOptions] = useState<readonly string[]>(['', '']);
  const [seconds, setSeconds] = useState(0);
  const [trouble, setTrouble] = useState<Trouble>();
  const given = options.map((option) => option.trim()).filter((option) => option !== '');
  const start = async (event: SubmitEvent) => {
    event.preventDefault();
    const body = { question: question.trim(), options: given, ...(seconds > 0 && { seconds }) };
    const refused = await room.ask('openPoll', body);
    setTrouble(refused);
    if (refused === undefined) onStarted();
  };
  return (
    <form class="chat-tools-part" onSubmit={(event) => void start(event)}>
      <h3>{words.poll}</h3>
      <label class="field">
        <span class="field-label">{words.question}</span>
        <input
          class="input"
          required
          maxLength={200}
          value={question}
          data-testid="poll-question"
          onInput={(event) => setQuestion(event.currentTarget.value)}
        />
      </label>
      {options.map((option, index) => (
        <label key={index} class="field">
          <span class="field-label">{words.option(index + 1)}</span>
          <input
            class="input"
            required={index < 2}
            maxLength={100}
            value={option}
            data-testid={`poll-answer-${index + 1}`}
            onInput={(event) => setOptions(options.with(index, event.currentTarget.value))}
          />
        </label>
      ))}
      <span class="field-row">
        <button
          type="button"
          class="button button-slim"
          disabled={options.length === MOST_OPTIONS}
          onClick={() => setOptions([...options, ''])}
        >
          {words.addOption}
        </button>
      </span>
      <label class="field">
        <span class="field-label">{words.ends}</span>
        <select class="input" value={seconds} onChange={(event) => setSeconds(Number(event.currentTarget.value))}>
          <option value={0}>{words.never}</option>
          {Object.entries(words.after).map(([after, label]) => (
            <option key={after} value={after}>
              {label}
            </option>
          ))}
        </select>
      </label>
      {trouble !== undefined && (
        <p class="hint-error" role="alert">
          {troubleText(trouble)}
        </p>
      )}
      <span class="field-row">
        <button
          type="submit"
          class="button button-main"
          disabled={question.trim() === '' || given.length < 2}
          data-testid="start-poll"
        >
          {words.start}
        </button>
      </span>
    </form>
  );
}
