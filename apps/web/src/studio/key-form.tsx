import { useState } from 'preact/hooks';
import { studioWords } from '../language/studio.js';
import { Icon } from '../page/icon.js';

interface KeyFormProps {
  first: string;
  disabled: boolean;
  onSubmit: (key: string) => void;
}

/** Asks for the stream key, hidden from people who look on, and goes live. */
export function KeyForm({ first, disabled, onSubmit }: KeyFormProps) {
  const words = studioWords.value;
  const [value, setValue] = useState(first);
  const [seen, setSeen] = useState(false);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit(value.trim());
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
            onInput={(event) => setValue(event.currentTarget.value)}
          />
          <button type="button" class="button" onClick={() => setSeen(!seen)}>
            {seen ? words.hideKey : words.showKey}
          </button>
        </span>
        <span class="hint" id="stream-key-hint">
          {words.keyHint}
        </span>
      </div>
      <button type="submit" class="button button-live" disabled={disabled} data-testid="go-live">
        <Icon name="broadcast" />
        {words.goLive}
      </button>
    </form>
  );
}
