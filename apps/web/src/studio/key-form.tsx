import { useState } from 'preact/hooks';
import { text } from '../language/language.js';
import { Icon } from '../page/icon.js';

interface KeyFormProps {
  value: string;
  onInput: (key: string) => void;
  onSubmit: () => void;
}

/** Asks for the stream key, hidden from people who look on, and goes live. */
export function KeyForm({ value, onInput, onSubmit }: KeyFormProps) {
  const words = text.value.studio;
  const [seen, setSeen] = useState(false);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      <div class="field">
        <label class="field-label" for="stream-key">
          {words.key}
        </label>
        <span class="field-row">
          <input
            id="stream-key"
            class="input input-code"
            {...(seen ? { type: 'text' as const } : { type: 'password' as const })}
            required
            autocomplete="off"
            spellcheck={false}
            value={value}
            aria-describedby="stream-key-hint"
            data-testid="stream-key"
            onInput={(event) => onInput(event.currentTarget.value)}
          />
          <button type="button" class="button" onClick={() => setSeen(!seen)}>
            {seen ? words.hideKey : words.showKey}
          </button>
        </span>
        <span class="hint" id="stream-key-hint">
          {words.keyHint}
        </span>
      </div>
      <button type="submit" class="button button-live" data-testid="go-live">
        <Icon name="broadcast" />
        {words.goLive}
      </button>
    </form>
  );
}
