import type { ComponentChildren } from 'preact';
import { useId, useRef, useState } from 'preact/hooks';

interface ConfirmButtonProps {
  /** What the button says. */
  label: ComponentChildren;
  /** What the button is called where its label alone would not say of what it is. */
  name?: string;
  question: string;
  /** What follows from it. */
  text?: string;
  yes: string;
  no: string;
  /** What has to be typed before it can be done. */
  typed?: { label: string; value: string };
  slim?: boolean;
  /** Whether something is lost by it. */
  harmful?: boolean;
  disabled?: boolean;
  testId?: string;
  onConfirm: () => void;
}

/** A button for what cannot be undone: it asks before. */
export function ConfirmButton(props: ConfirmButtonProps) {
  const {
    label,
    name,
    question,
    text,
    yes,
    no,
    typed,
    slim = true,
    harmful = true,
    disabled,
    testId,
    onConfirm,
  } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const [word, setWord] = useState('');
  const id = useId();
  const open = () => {
    setWord('');
    dialog.current?.showModal();
  };
  return (
    <>
      <button
        type="button"
        class={`button${slim ? ' button-slim' : ''}${harmful ? ' button-danger' : ''}`}
        aria-label={name}
        disabled={disabled}
        data-testid={testId}
        onClick={open}
      >
        {label}
      </button>
      <dialog
        ref={dialog}
        class="dialog"
        aria-labelledby={`${id}-question`}
        aria-describedby={text === undefined ? undefined : `${id}-text`}
        onClose={(event) => {
          if (event.currentTarget.returnValue === 'yes') onConfirm();
          event.currentTarget.returnValue = '';
        }}
      >
        <h2 id={`${id}-question`}>{question}</h2>
        {text !== undefined && <p id={`${id}-text`}>{text}</p>}
        <form method="dialog" class="stack">
          {typed !== undefined && (
            <label class="field">
              <span class="field-label">{typed.label}</span>
              <input
                class="input"
                value={word}
                autocomplete="off"
                autocapitalize="off"
                spellcheck={false}
                onInput={(event) => setWord(event.currentTarget.value)}
              />
            </label>
          )}
          <div class="dialog-actions">
            <button type="submit" class="button" value="no" formNoValidate>
              {no}
            </button>
            <button
              type="submit"
              class="button button-stop"
              value="yes"
              disabled={typed !== undefined && word !== typed.value}
              data-testid={testId === undefined ? undefined : `${testId}-yes`}
            >
              {yes}
            </button>
          </div>
        </form>
      </dialog>
    </>
  );
}
