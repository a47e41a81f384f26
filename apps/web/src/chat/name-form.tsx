import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { chatWritingWords } from '../language/chat-writing.js';
import { signInPath } from '../page/menu.js';
import type { ChatRoom } from './chat-room.js';
import { troubleText } from './trouble-text.js';
import type { Trouble } from './trouble.js';

/** A guest chooses a name, or signs in. */
export function NameForm({ room, again, onDone }: { room: ChatRoom; again: boolean; onDone: () => void }) {
  const words = chatWritingWords.value;
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [name, setName] = useState(room.you.value?.name ?? '');
  const [trouble, setTrouble] = useState<Trouble>();
  useEffect(() => {
    if (again) field.current?.select();
  }, [again]);
  const choose = async () => {
    const refused = await room.chooseName(name.trim());
    setTrouble(refused);
    if (refused === undefined) onDone();
    else field.current?.focus();
  };
  return (
    <form
      class="name-form"
      data-testid="name-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '') void choose();
      }}
      onKeyDown={(event) => {
        if (again && event.key === 'Escape') onDone();
      }}
    >
      <label for={id}>{words.nameTitle}</label>
      <span class="field-row">
        <input
          ref={field}
          id={id}
          class="input"
          value={name}
          maxLength={64}
          autocomplete="nickname"
          enterkeyhint="done"
          aria-invalid={trouble !== undefined}
          aria-describedby={trouble === undefined ? undefined : `${id}-trouble`}
          data-testid="guest-name"
          onInput={(event) => setName(event.currentTarget.value)}
        />
        <button type="submit" class="button button-main" data-testid="choose-name">
          {words.enter}
        </button>
      </span>
      {trouble !== undefined && (
        <span class="hint hint-error" id={`${id}-trouble`} role="alert">
          {troubleText(trouble)}
        </span>
      )}
      <span class="name-form-ways">
        {again && (
          <button type="button" class="text-button" onClick={onDone}>
            {words.cancel}
          </button>
        )}
        <a href={signInPath()}>{words.orSignIn}</a>
      </span>
    </form>
  );
}
