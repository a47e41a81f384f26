import { chatWords } from '../language/chat.js';
import type { Announcer } from './announcer.js';

/** The one place of the chat that is read out. */
export function Announcements({ announcer }: { announcer: Announcer }) {
  const { serial, lines, more } = announcer.announcement.value;
  return (
    <div class="unseen" aria-live="polite" data-testid="announcements">
      {lines.map((line, index) => (
        <p key={`${serial}-${index}`}>{line}</p>
      ))}
      {more > 0 && <p key={`${serial}-more`}>{chatWords.value.more(more)}</p>}
    </div>
  );
}
