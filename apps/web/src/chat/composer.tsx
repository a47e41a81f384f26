import { useState } from 'preact/hooks';
import { chatWritingWords } from '../language/chat-writing.js';
import { signInPath } from '../page/menu.js';
import type { ChatDesk } from './chat-desk.js';
import { farTime } from './chat-time.js';
import { useLoaded } from './use-loaded.js';
import '../style/composer.css';

/** Where a message is written, or why none can be. */
export function Composer({ desk }: { desk: ChatDesk }) {
  const words = chatWritingWords.value;
  const { room } = desk;
  const [renaming, setRenaming] = useState(false);
  const { phase, leave, you, ban } = room;
  const naming = leave.value === 'name' || renaming;
  const Naming = useLoaded(naming, async () => (await import('./name-form.js')).NameForm);
  const Field = useLoaded(leave.value === 'yes', async () => (await import('./message-field.js')).MessageField);
  if (ban.value !== undefined) {
    const { untilMs, reason } = ban.value;
    return (
      <p class="composer-note composer-out" role="status" data-testid="chat-out">
        {untilMs === null ? words.out : words.outUntil(farTime(untilMs))}
        {reason !== '' && <span dir="auto">{words.reason(reason)}</span>}
      </p>
    );
  }
  if (phase.value === 'refused') return <p class="composer-note">{words.refused}</p>;
  if (leave.value === 'wait') return <p class="composer-note quiet">{words.connecting}</p>;
  if (naming) return Naming && <Naming room={room} onDone={() => setRenaming(false)} again={renaming} />;
  if (leave.value !== 'yes') {
    return (
      <p class="composer-note" data-testid="chat-closed">
        {words.troubles[leave.value]} {you.value?.isAccount === false && <a href={signInPath()}>{words.signIn}</a>}
      </p>
    );
  }
  return (
    <>
      {phase.value === 'reconnecting' && (
        <p class="composer-note composer-waits" role="status" data-testid="chat-reconnecting">
          {words.reconnecting}
        </p>
      )}
      {Field !== undefined && <Field desk={desk} onRename={() => setRenaming(true)} />}
    </>
  );
}
