import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { encoderWords } from '../language/encoder.js';
import { pageWords } from '../language/page.js';
import { Icon } from '../page/icon.js';

const SAID_MS = 2000;

/** A value that is hidden from people who look on, to be copied or shown; takes the focus, so that nobody misses it. */
export function SecretField({ label, value, hint }: { label: string; value: string; hint: string }) {
  const words = encoderWords.value;
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [seen, setSeen] = useState(false);
  const [said, setSaid] = useState<'copied' | 'copyFailed'>();
  useEffect(() => input.current?.focus(), []);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
      setSaid('copied');
    } catch {
      setSeen(true);
      input.current?.select();
      setSaid('copyFailed');
    }
    setTimeout(() => setSaid(undefined), SAID_MS);
  };
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {label}
      </label>
      <span class="field-row secret-row">
        <input
          ref={input}
          id={id}
          class="input input-code"
          {...(seen ? { type: 'text' as const } : { type: 'password' as const })}
          readOnly
          autocomplete="off"
          value={value}
          aria-describedby={`${id}-hint`}
          data-testid="encoder-token"
        />
        <button type="button" class="button" aria-pressed={seen} onClick={() => setSeen(!seen)} data-testid="reveal">
          <Icon name="eye" />
          {seen ? words.hideKey : words.showKey}
        </button>
        <button
          type="button"
          class="button button-main"
          aria-label={pageWords.value.copyOf(label)}
          onClick={() => void copy()}
        >
          <Icon name={said === 'copied' ? 'tick' : 'copy'} />
          {pageWords.value.copy}
        </button>
        <span class="field-said" role="status">
          {said === undefined ? '' : pageWords.value[said]}
        </span>
      </span>
      <span class="hint" id={`${id}-hint`}>
        {hint}
      </span>
    </div>
  );
}
