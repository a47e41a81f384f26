import { useState } from 'preact/hooks';
import { accountWords } from '../language/account.js';
import { Field } from '../page/field.js';

const LEAST = 10;

/** A field for a password that can be shown; for a `fresh` one it says how much is missing. */
export function PasswordField({ name, label, fresh }: { name: string; label: string; fresh: boolean }) {
  const words = accountWords.value;
  const [seen, setSeen] = useState(false);
  const [length, setLength] = useState(0);
  return (
    <div class="field">
      <Field
        label={label}
        name={name}
        type={seen ? 'text' : 'password'}
        class="input-code"
        required
        minLength={fresh ? LEAST : 1}
        maxLength={200}
        autocomplete={fresh ? 'new-password' : 'current-password'}
        autocapitalize="off"
        spellcheck={false}
        hint={fresh ? words.passwordHint : undefined}
        onInput={(value) => setLength([...value].length)}
        data-testid={name}
        after={
          <button type="button" class="button" aria-pressed={seen} onClick={() => setSeen(!seen)}>
            {seen ? words.hidePassword : words.showPassword}
          </button>
        }
      />
      {fresh && length > 0 && <Gauge length={length} />}
    </div>
  );
}

/** How far a password has come, as a board at a river shows its level. */
function Gauge({ length }: { length: number }) {
  const words = accountWords.value;
  const enough = length >= LEAST;
  return (
    <div class={enough ? 'gauge gauge-full' : 'gauge'}>
      <span class="gauge-board" aria-hidden="true">
        {Array.from({ length: LEAST }, (_, place) => (
          <span key={place} class={place < length ? 'gauge-mark gauge-wet' : 'gauge-mark'} />
        ))}
      </span>
      <span class={enough ? 'hint hint-good' : 'hint'} role="status">
        {enough ? words.passwordEnough : words.passwordShort(LEAST - length)}
      </span>
    </div>
  );
}
