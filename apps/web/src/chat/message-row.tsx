import { chatWords } from '../language/chat.js';
import { Icon } from '../page/icon.js';
import type { ChatDesk } from './chat-desk.js';
import { MessageBody } from './message-body.js';
import { nameHue } from './name-hue.js';
import { mentions } from './rich-text.js';
import type { Line } from './transcript.js';
import { useLoaded } from './use-loaded.js';

interface MessageRowProps {
  line: Line;
  /** Goes on from the line above: name and time stand there. */
  continued: boolean;
  /** Can be reached by Tab. */
  active: boolean;
  time: string;
  /** Who reads. */
  reader: string;
  ownName: string | null;
  /** Undefined where nothing can be done with messages. */
  desk?: ChatDesk | undefined;
}

/** One message. */
export function MessageRow({ line, continued, active, time, reader, ownName, desk }: MessageRowProps) {
  const words = chatWords.value;
  const { body, name, role, replyTo, delivery } = line;
  const Failure = useLoaded(delivery === 'failed', async () => (await import('./line-failure.js')).LineFailure);
  const mine = line.author === reader;
  const kind = [
    'said',
    continued && 'said-continued',
    !mine && mentions(body, ownName) && 'said-mention',
    delivery !== 'sent' && `said-${delivery}`,
    line.id !== '' && desk?.moderation.leaving.value === line.id && 'said-leaving',
  ];
  return (
    <article
      class={kind.filter(Boolean).join(' ')}
      aria-label={words.said(mine ? `${name} (${words.you})` : name, time, body)}
      tabIndex={active ? 0 : -1}
      data-key={line.key}
      data-testid="message"
    >
      {replyTo !== null && (
        <p class="said-quote">
          <span class="unseen">{words.replyTo(replyTo.name)}: </span>
          <Icon name="reply" />
          <bdi>{replyTo.name}</bdi>
          <span dir="auto">{replyTo.body === '' ? words.quoteGone : replyTo.body}</span>
        </p>
      )}
      {!continued && (
        <p class="said-head">
          <bdi class="said-name" style={{ '--hue': String(nameHue(line.author)) }}>
            {name}
          </bdi>
          {role !== null && <span class={`said-role said-role-${role}`}>{words.roles[role]}</span>}
          <time class="said-time">{time}</time>
        </p>
      )}
      <p class="said-body" dir="auto">
        <MessageBody body={body} ownName={ownName} reach={active} />
      </p>
      {delivery === 'pending' && <span class="unseen">{words.pending}</span>}
      {delivery === 'failed' && desk !== undefined && Failure !== undefined && <Failure line={line} desk={desk} />}
      {delivery === 'sent' && desk !== undefined && (
        <button
          type="button"
          class="said-more"
          aria-label={words.actions(name)}
          aria-haspopup="menu"
          tabIndex={active ? 0 : -1}
          data-testid="message-menu"
          onClick={() => (desk.menuOf.value = line)}
        >
          <Icon name="more" />
        </button>
      )}
    </article>
  );
}
