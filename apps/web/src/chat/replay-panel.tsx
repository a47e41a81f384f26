import { useEffect, useMemo } from 'preact/hooks';
import { chatWords } from '../language/chat.js';
import { clockTime } from '../language/format.js';
import { ChatReplay, shownAtMs } from './chat-replay.js';
import { MessageList } from './message-list.js';
import '../style/chat.css';

interface ReplayPanelProps {
  channel: string;
  /** Unix milliseconds of the first picture. */
  startedAtMs: number;
  /** When the picture on the screen was captured, Unix milliseconds; undefined while nobody knows. */
  capturedAtMs: () => number | undefined;
}

/** The chat of a recording, as it was said to the pictures; nothing where it may not be read. */
export function ReplayPanel({ channel, startedAtMs, capturedAtMs }: ReplayPanelProps) {
  const words = chatWords.value;
  const replay = useMemo(() => new ChatReplay({ channel, capturedAtMs }), [channel, capturedAtMs]);
  useEffect(() => {
    replay.start();
    return () => replay.close();
  }, [replay]);
  if (replay.closedToReader.value) return null;
  return (
    <section class="chat chat-replay" aria-label={words.replayTitle} data-testid="chat-replay">
      <div class="chat-head">
        <h2>{words.replayTitle}</h2>
      </div>
      <MessageList
        lines={replay.lines}
        empty={words.replayEmpty}
        timeOf={(line) => clockTime(Math.max(0, shownAtMs(line) - startedAtMs))}
      />
    </section>
  );
}
