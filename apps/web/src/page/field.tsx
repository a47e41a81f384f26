import type { ComponentChildren, TargetedInputEvent } from 'preact';
import { useId } from 'preact/hooks';

interface FieldProps {
  label: string;
  name?: string;
  type?: 'text' | 'password' | 'number';
  value?: string | number;
  defaultValue?: string | number;
  required?: boolean;
  minLength?: number;
  maxLength?: number;
  min?: number;
  max?: number;
  pattern?: string;
  title?: string;
  placeholder?: string;
  autocomplete?: 'off' | 'username' | 'current-password' | 'new-password';
  autocapitalize?: 'off';
  spellcheck?: boolean;
  class?: string;
  hint?: ComponentChildren;
  /** What is wrong with it, said where it is. */
  error?: string | undefined;
  /** What stands at the end of its line. */
  after?: ComponentChildren;
  onInput?: (value: string) => void;
  'data-testid'?: string | undefined;
}

/** A line to be filled in, with its name, what helps, and what is wrong with it. */
export function Field({ label, type = 'text', hint, error, after, class: extra, onInput, ...input }: FieldProps) {
  const id = useId();
  const told = [hint !== undefined && `${id}-hint`, error !== undefined && `${id}-error`].filter(Boolean).join(' ');
  const line = {
    ...input,
    id,
    class: extra === undefined ? 'input' : `input ${extra}`,
    'aria-describedby': told === '' ? undefined : told,
    'aria-invalid': error === undefined ? undefined : true,
    onInput: (event: TargetedInputEvent<HTMLInputElement>) => onInput?.(event.currentTarget.value),
  };
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {label}
      </label>
      <span class="field-row">
        {type === 'password' ? (
          <input {...line} type="password" />
        ) : type === 'number' ? (
          <input {...line} type="number" />
        ) : (
          <input {...line} type="text" />
        )}
        {after}
      </span>
      {hint !== undefined && (
        <span class="hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      {error !== undefined && (
        <span class="hint hint-error" id={`${id}-error`} role="alert">
          {error}
        </span>
      )}
    </div>
  );
}

/** The fields of a form that was sent, trimmed unless asked otherwise; keeps the browser from leaving the page. */
export function fieldsOf(event: SubmitEvent): (name: string, exact?: 'exact') => string {
  event.preventDefault();
  const data = new FormData(event.currentTarget as HTMLFormElement);
  return (name, exact) => {
    const value = data.get(name);
    const text = typeof value === 'string' ? value : '';
    return exact === undefined ? text.trim() : text;
  };
}
