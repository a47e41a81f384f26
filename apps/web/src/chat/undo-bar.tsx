import { useEffect } from 'preact/hooks';
import { chatWritingWords } from '../language/chat-writing.js';
import { Icon } from '../page/icon.js';
import type { ChatDesk } from './chat-desk.js';
import type { Undoable } from './moderation.js';
import { troubleText } from './trouble-text.js';
import '../style/undo-bar.css';

/** What a moderator just did, with the way back, or why it was not done. */
export function UndoBar({ desk: { moderation, announcer } }: { desk: ChatDesk }) {
  const { undoable, trouble } = moderation;
  const done = undoable.value;
  const words = chatWritingWords.value;
  const sentence = done === undefined ? undefined : sentenceOf(done);
  useEffect(() => {
    if (sentence !== undefined) announcer.say(sentence);
  }, [done]);
  useEffect(() => {
    const settle = () => moderation.settle();
    addEventListener('pagehide', settle);
    return () => removeEventListener('pagehide', settle);
  }, [moderation]);
  if (done !== undefined) {
    return (
      <div class="chat-toast" data-testid="undo-bar">
        <span>{sentence}</span>
        <button type="button" class="button button-slim" data-testid="undo" onClick={done.revert}>
          {words.undo}
        </button>
      </div>
    );
  }
  if (trouble.value === undefined) return null;
  return (
    <div class="chat-toast" role="alert">
      <span>{troubleText(trouble.value)}</span>
      <button type="button" class="icon-button" aria-label={words.putAway} onClick={() => (trouble.value = undefined)}>
        <Icon name="close" />
      </button>
    </div>
  );
}

function sentenceOf(done: Undoable): string {
  const words = chatWritingWords.value;
  if (done.kind === 'deleted') return words.deleted(done.name);
  if (done.seconds === null) return words.banned(done.name);
  return words.timedOut(done.name, words.spans[done.seconds] ?? `${done.seconds} s`);
}
