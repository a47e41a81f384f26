import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { chatWritingWords } from '../language/chat-writing.js';
import { Icon } from '../page/icon.js';
import type { ChatDesk } from './chat-desk.js';
import { useSecondsUntil } from './chat-time.js';
import type { Completion, Suggestion } from './completion.js';
import { SuggestionList } from './suggestion-list.js';
import { useDismiss } from './use-dismiss.js';
import { useLoaded } from './use-loaded.js';

const MOST_CHARACTERS = 500;
const COUNTED_FROM = 400;

/** The field in which a message is written, with what helps to write it. */
export function MessageField({ desk, onRename }: { desk: ChatDesk; onRename: () => void }) {
  const words = chatWritingWords.value;
  const { room, draft, replyTo, announcer } = desk;
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const frame = useRef<HTMLFormElement>(null);
  const lookUps = useRef(0);
  const [note, setNote] = useState('');
  const [completion, setCompletion] = useState<Completion>();
  const [chosen, setChosen] = useState(0);
  const [picking, setPicking] = useState(false);
  const Picker = useLoaded(picking, async () => (await import('./emoji-picker.js')).EmojiPicker);
  const text = draft.value;
  const left = MOST_CHARACTERS - [...text].length;
  const waitSeconds = useSecondsUntil(room.slowUntilMs.value);
  const { slowSeconds } = room.settings.value;
  const isCommand = text.startsWith('/');
  const maySend = text.trim() !== '' && (isCommand || (left >= 0 && waitSeconds === 0));

  useLayoutEffect(() => {
    const element = field.current;
    if (element === null) return;
    desk.field = element;
    element.style.setProperty('height', 'auto');
    element.style.setProperty('height', `${element.scrollHeight + 2}px`);
  }, [text, desk]);
  useEffect(() => {
    if (completion !== undefined) announcer.say(words.suggested(completion.suggestions.length));
  }, [completion?.suggestions.length]);
  useDismiss(frame, picking, () => setPicking(false));

  const write = (value: string, caret?: number) => {
    lookUps.current += 1;
    setCompletion(undefined);
    draft.value = value;
    if (caret === undefined) return;
    // After the new text is in the field.
    queueMicrotask(() => {
      field.current?.focus();
      field.current?.setSelectionRange(caret, caret);
    });
  };
  const lookUp = async () => {
    lookUps.current += 1;
    const current = lookUps.current;
    const element = field.current;
    if (element === null || !/(^|\s)[:@/]\S*$/u.test(element.value.slice(0, element.selectionStart))) {
      return setCompletion(undefined);
    }
    const { complete } = await import('./completion.js');
    if (current !== lookUps.current) return;
    const choices = { names: desk.names, mayModerate: room.moderates.value };
    setCompletion(complete(element.value, element.selectionStart, choices));
    setChosen(0);
  };
  const isWritten = (suggestion: Suggestion | undefined) =>
    completion !== undefined &&
    text.slice(completion.start, field.current?.selectionStart).toLowerCase() ===
      suggestion?.insert.trim().toLowerCase();
  const take = (index: number) => {
    const suggestion = completion?.suggestions[index];
    if (completion === undefined || suggestion === undefined) return;
    const tail = text.slice(field.current?.selectionStart ?? text.length);
    const head = text.slice(0, completion.start) + suggestion.insert;
    write(head + tail, head.length);
  };
  const send = async () => {
    if (!maySend) return;
    setCompletion(undefined);
    // What was written while this was on its way stays.
    const empty = () => {
      if (draft.value === text) write('');
    };
    if (isCommand) {
      const { runCommand } = await import('./run-command.js');
      const told = await runCommand(desk, text);
      setNote(told.note);
      announcer.say(told.note);
      if (told.done) empty();
      return;
    }
    setNote('');
    const finished = text.includes(':') ? (await import('./emoji-list.js')).withEmoji(text) : text;
    room.say(finished, replyTo.value);
    replyTo.value = undefined;
    empty();
  };
  const onKey = (event: KeyboardEvent) => {
    // Enter ends the composing of a syllable; Safari tells it by the key code alone.
    if (event.isComposing || event.keyCode === 229) return;
    if (completion !== undefined && onCompletionKey(event)) return event.preventDefault();
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      void send();
    } else if (event.key === 'Escape' && replyTo.value !== undefined) {
      replyTo.value = undefined;
    } else if (event.key === 'ArrowUp' && text === '') {
      event.preventDefault();
      frame.current?.closest('.chat')?.querySelector<HTMLElement>('[data-key][tabindex="0"]')?.focus();
    }
  };
  const onCompletionKey = ({ key }: KeyboardEvent): boolean => {
    const { length } = completion?.suggestions ?? [];
    if (key === 'ArrowDown') setChosen((chosen + 1) % length);
    else if (key === 'ArrowUp') setChosen((chosen + length - 1) % length);
    else if (key === 'Escape') setCompletion(undefined);
    else if (key === 'Tab' || (key === 'Enter' && !isWritten(completion?.suggestions[chosen]))) take(chosen);
    else return false;
    return true;
  };

  const answered = replyTo.value;
  const you = room.you.value;
  return (
    <form
      ref={frame}
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {Picker !== undefined && picking && (
        <Picker
          onPick={(sign) => {
            const at = field.current?.selectionStart ?? text.length;
            draft.value = text.slice(0, at) + sign + text.slice(at);
            queueMicrotask(() => field.current?.setSelectionRange(at + sign.length, at + sign.length));
          }}
          onClose={() => {
            setPicking(false);
            desk.toField();
          }}
        />
      )}
      {completion !== undefined && (
        <SuggestionList id={`${id}-list`} completion={completion} chosen={chosen} onTake={take} />
      )}
      {answered !== undefined && (
        <p class="composer-reply" data-testid="replying">
          <Icon name="reply" />
          <span dir="auto">
            <strong>{words.replying(answered.name)}</strong> {answered.body}
          </span>
          <button
            type="button"
            class="icon-button"
            aria-label={words.stopReply}
            onClick={() => {
              replyTo.value = undefined;
              desk.toField();
            }}
          >
            <Icon name="close" />
          </button>
        </p>
      )}
      {note !== '' && (
        <p class="composer-told" data-testid="command-note">
          <span>{note}</span>
          <button type="button" class="icon-button" aria-label={words.putAway} onClick={() => setNote('')}>
            <Icon name="close" />
          </button>
        </p>
      )}
      <div class="composer-box">
        <textarea
          ref={field}
          class="composer-field"
          rows={1}
          value={text}
          aria-label={words.field}
          aria-describedby={`${id}-hint`}
          aria-invalid={left < 0 && !isCommand}
          aria-autocomplete="list"
          aria-controls={completion === undefined ? undefined : `${id}-list`}
          aria-activedescendant={completion === undefined ? undefined : `${id}-list-${chosen}`}
          placeholder={words.placeholder}
          enterkeyhint="send"
          autocomplete="off"
          data-testid="chat-field"
          onInput={(event) => {
            draft.value = event.currentTarget.value;
            void lookUp();
          }}
          onClick={() => void lookUp()}
          onBlur={() => setCompletion(undefined)}
          onKeyDown={onKey}
        />
        <button
          type="button"
          class="icon-button"
          aria-label={words.emoji}
          aria-expanded={picking}
          data-testid="emoji"
          onClick={() => setPicking(!picking)}
        >
          <Icon name="smile" />
        </button>
        <button type="submit" class="composer-send" aria-label={words.send} aria-disabled={!maySend} data-testid="send">
          {waitSeconds > 0 ? <span class="numbers">{waitSeconds}</span> : <Icon name="send" />}
        </button>
      </div>
      <p class="composer-hint" id={`${id}-hint`} data-testid="composer-hint">
        <span class={left < 0 ? 'hint-error' : undefined}>
          {left < 0 ? words.tooMany(-left) : text.length > COUNTED_FROM && words.left(left)}
        </span>
        <span>
          {waitSeconds > 0
            ? words.slow(waitSeconds)
            : slowSeconds > 0 && !room.moderates.value && words.slowOn(slowSeconds)}
        </span>
        {you?.isAccount === false && (
          <button type="button" class="text-button" data-testid="rename" title={words.changeName} onClick={onRename}>
            {words.chatAs(you.name ?? '')}
          </button>
        )}
      </p>
    </form>
  );
}
