import { useRef, useState } from 'preact/hooks';
import { pageWords } from '../language/page.js';
import { Icon } from './icon.js';

const SAID_MS = 2000;

/** A value to be copied; focusing it selects it, where the clipboard is closed to the page. */
export function CopyField({ label, value, testId }: { label: string; value: string; testId?: string }) {
  const words = pageWords.value;
  const [state, setState] = useState<'copied' | 'copyFailed'>();
  const input = useRef<HTMLInputElement>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
      setState('copied');
    } catch {
      input.current?.select();
      setState('copyFailed');
    }
    setTimeout(() => setState(undefined), SAID_MS);
  };
  return (
    <div class="field">
      <span class="field-label">{label}</span>
      <span class="field-row">
        <input
          ref={input}
          class="input input-code"
          readOnly
          aria-label={label}
          value={value}
          data-testid={testId}
          onFocus={(event) => event.currentTarget.select()}
        />
        <button type="button" class="button" aria-label={words.copyOf(label)} onClick={() => void copy()}>
          <Icon name={state === 'copied' ? 'tick' : 'copy'} />
          <span class="copy-word">{words.copy}</span>
        </button>
        <span class="field-said" role="status">
          {state === undefined ? '' : words[state]}
        </span>
      </span>
    </div>
  );
}
