import { useEffect, useRef, useState } from 'preact/hooks';
import type { BanList, ChatSettings } from '@weir/contract';
import { listBans } from '../api/chat.js';
import { chatToolWords } from '../language/chat-tools.js';
import type { ChatDesk } from './chat-desk.js';
import { farTime } from './chat-time.js';
import { PollMaker } from './poll-maker.js';
import { troubleText } from './trouble-text.js';
import type { Trouble } from './trouble.js';
import '../style/chat-tools.css';

const MODES = ['everyone', 'accounts', 'followers', 'members'] as const;
const SLOW_SECONDS = [0, 5, 10, 30, 60, 300];

/** Everything that moderators set, in one place: who writes, how often, what, who is out, and polls. */
export function ModeratorPanel({ desk }: { desk: ChatDesk }) {
  const words = chatToolWords.value;
  const dialog = useRef<HTMLDialogElement>(null);
  const [trouble, setTrouble] = useState<Trouble>();
  const { room, tools } = desk;
  const { mode, slowSeconds, links } = room.settings.value;
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  const change = async (part: Partial<ChatSettings>) => setTrouble(await room.ask('settings', { change: part }));
  return (
    <dialog
      ref={dialog}
      class="dialog chat-tools"
      aria-labelledby="chat-tools-title"
      data-testid="moderator-panel"
      onClose={() => (tools.value = false)}
    >
      <h2 id="chat-tools-title">{words.title}</h2>
      {trouble !== undefined && (
        <p class="hint-error" role="alert">
          {troubleText(trouble)}
        </p>
      )}
      <fieldset class="chat-tools-part">
        <legend class="field-label">{words.mode}</legend>
        {MODES.map((one) => (
          <label key={one} class="check">
            <input
              type="radio"
              name="chat-mode"
              checked={mode === one}
              data-testid={`mode-${one}`}
              onChange={() => void change({ mode: one })}
            />
            {words.modes[one]}
          </label>
        ))}
      </fieldset>
      <label class="field">
        <span class="field-label">{words.slow}</span>
        <select
          class="input"
          value={slowSeconds}
          data-testid="slow-mode"
          onChange={(event) => void change({ slowSeconds: Number(event.currentTarget.value) })}
        >
          {[...new Set([...SLOW_SECONDS, slowSeconds])].map((seconds) => (
            <option key={seconds} value={seconds}>
              {seconds === 0 ? words.slowOff : words.slowEach(seconds)}
            </option>
          ))}
        </select>
      </label>
      <label class="check">
        <input
          type="checkbox"
          role="switch"
          checked={links}
          data-testid="links"
          onChange={(event) => void change({ links: event.currentTarget.checked })}
        />
        {words.links}
      </label>
      <BlockedWords words={room.settings.value.blockedWords} onSave={(blockedWords) => change({ blockedWords })} />
      <Bans desk={desk} />
      <PollMaker room={room} onStarted={() => dialog.current?.close()} />
      <form method="dialog" class="dialog-actions">
        <button type="submit" class="button" data-testid="close-tools">
          {words.close}
        </button>
      </form>
    </dialog>
  );
}

interface BlockedWordsProps {
  words: readonly string[];
  onSave: (words: string[]) => Promise<void>;
}

function BlockedWords({ words: blocked, onSave }: BlockedWordsProps) {
  const words = chatToolWords.value;
  const [text, setText] = useState(blocked.join('\n'));
  const [saved, setSaved] = useState(false);
  const save = async (event: SubmitEvent) => {
    event.preventDefault();
    await onSave([...new Set(text.split('\n').map((line) => line.trim()))].filter((line) => line !== ''));
    setSaved(true);
  };
  return (
    <form class="field" onSubmit={(event) => void save(event)}>
      <label class="field-label" for="blocked-words">
        {words.blocked}
      </label>
      <textarea
        id="blocked-words"
        class="input"
        rows={3}
        value={text}
        aria-describedby="blocked-hint"
        spellcheck={false}
        data-testid="blocked-words"
        onInput={(event) => {
          setText(event.currentTarget.value);
          setSaved(false);
        }}
      />
      <span class="hint" id="blocked-hint">
        {words.blockedHint}
      </span>
      <span class="field-row">
        <button type="submit" class="button button-slim" data-testid="save-words">
          {words.save}
        </button>
        <span role="status">{saved && words.saved}</span>
      </span>
    </form>
  );
}

function Bans({ desk: { room } }: { desk: ChatDesk }) {
  const words = chatToolWords.value;
  const [bans, setBans] = useState<BanList>();
  useEffect(() => {
    listBans(room.channel).then(setBans, () => setBans([]));
  }, [room]);
  const lift = async (author: string) => {
    if ((await room.ask('unban', { author })) === undefined) {
      setBans((before) => before?.filter((ban) => ban.author !== author));
    }
  };
  return (
    <section class="chat-tools-part" aria-labelledby="bans-title">
      <h3 id="bans-title">{words.banned}</h3>
      {bans?.length === 0 && <p class="quiet">{words.nobody}</p>}
      <ul class="bans">
        {bans?.map(({ author, name, reason, until }) => (
          <li key={author} data-testid="ban-row">
            <span>
              <bdi>{name}</bdi>{' '}
              <span class="quiet">{until === null ? words.forGood : words.until(farTime(Date.parse(until)))}</span>
              {reason !== '' && (
                <span class="hint" dir="auto">
                  {reason}
                </span>
              )}
            </span>
            <button
              type="button"
              class="button button-slim"
              aria-label={words.unbanOf(name)}
              data-testid="unban"
              onClick={() => void lift(author)}
            >
              {words.unban}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
