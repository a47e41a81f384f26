import { useState } from 'preact/hooks';
import { text } from '../language/language.js';

/** A value to be copied; focusing it selects it, where the clipboard is closed to the page. */
export function CopyField({ label, value, testId }: { label: string; value: string; testId?: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard?.writeText(value);
    setCopied(true);
    setTimeout(() => setCopied(false), 2000);
  };
  return (
    <label class="field">
      <span class="field-label">{label}</span>
      <span class="field-row">
        <input
          class="input input-code"
          readOnly
          value={value}
          data-testid={testId}
          onFocus={(event) => event.currentTarget.select()}
        />
        <button type="button" class="button" onClick={() => void copy()}>
          <span aria-live="polite">{copied ? text.value.copied : text.value.copy}</span>
        </button>
      </span>
    </label>
  );
}
