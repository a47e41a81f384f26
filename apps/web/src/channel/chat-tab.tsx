import { useState } from 'preact/hooks';
import type { ChatSettings } from '@weir/contract';
import { changeChatSettings, getChatSettings } from '../api/members.js';
import { channelWords } from '../language/channel.js';
import { useAction } from '../page/action.js';
import { fieldsOf } from '../page/field.js';
import { Notice } from '../page/notice.js';
import { useRemote } from '../page/remote.js';
import { Select } from '../page/select.js';
import { Skeleton } from '../page/skeleton.js';

/** How the chat of a channel works. */
export function ChatTab({ channel }: { channel: string }) {
  const words = channelWords.value;
  const settings = useRemote(() => getChatSettings(channel), [channel]);
  const action = useAction();
  const [saved, setSaved] = useState(false);
  const change = async (part: Partial<ChatSettings>) => {
    setSaved(false);
    const changed = await action.runInTurn(() => changeChatSettings(channel, part));
    if (changed === undefined) return;
    settings.set(() => changed);
    setSaved(true);
  };
  const fault = action.fault ?? settings.fault;
  const { value } = settings;
  return (
    <div class="stack">
      {fault !== undefined && <Notice tone="error">{fault}</Notice>}
      {value === undefined && settings.fault === undefined && <Skeleton kind="row" count={3} label={words.loading} />}
      {value !== undefined && (
        <div class="panel">
          <div class="pair">
            <Select
              label={words.chat.mode}
              value={value.mode}
              options={words.chat.modes}
              disabled={action.busy}
              testId="chat-mode"
              onChange={(mode) => void change({ mode })}
            />
            <Select
              label={words.chat.slow}
              value={String(value.slowSeconds)}
              options={slowChoices(value.slowSeconds)}
              hint={words.chat.slowHint}
              disabled={action.busy}
              testId="chat-slow"
              onChange={(seconds) => void change({ slowSeconds: Number(seconds) })}
            />
          </div>
          <label class="check">
            <input
              type="checkbox"
              role="switch"
              checked={value.links}
              disabled={action.busy}
              data-testid="chat-links"
              onChange={(event) => void change({ links: event.currentTarget.checked })}
            />
            {words.chat.links}
          </label>
          <BlockedForm
            words={value.blockedWords}
            busy={action.busy}
            onSave={(list) => void change({ blockedWords: list })}
          />
          <p class="hint hint-good" role="status">
            {saved ? words.saved : action.busy ? words.saving : ''}
          </p>
        </div>
      )}
    </div>
  );
}

interface BlockedFormProps {
  words: readonly string[];
  busy: boolean;
  onSave: (words: string[]) => void;
}

function BlockedForm({ words: blocked, busy, onSave }: BlockedFormProps) {
  const words = channelWords.value;
  const submit = (event: SubmitEvent) => {
    const lines = fieldsOf(event)('blocked').split('\n');
    onSave([...new Set(lines.map((line) => line.trim().slice(0, 50)).filter((line) => line !== ''))].slice(0, 500));
  };
  return (
    <form class="stack" onSubmit={submit}>
      <label class="field">
        <span class="field-label">{words.chat.blocked}</span>
        <textarea
          key={blocked.join('\n')}
          class="input input-code"
          name="blocked"
          rows={6}
          spellcheck={false}
          autocapitalize="off"
          defaultValue={blocked.join('\n')}
          data-testid="blocked-words"
        />
        <span class="hint">{words.chat.blockedHint}</span>
      </label>
      <p>
        <button type="submit" class="button" aria-busy={busy} data-testid="save-blocked">
          {words.save}
        </button>
      </p>
    </form>
  );
}

function slowChoices(current: number): Record<string, string> {
  const { slowTimes, slowOther } = channelWords.value.chat;
  const choices: Record<string, string> = { ...slowTimes };
  choices[String(current)] ??= slowOther(current);
  return choices;
}
