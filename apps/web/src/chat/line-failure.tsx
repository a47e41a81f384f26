import { chatWritingWords } from '../language/chat-writing.js';
import { Icon } from '../page/icon.js';
import type { ChatDesk } from './chat-desk.js';
import type { Line } from './transcript.js';
import { troubleText } from './trouble-text.js';
import { mayRetry } from './trouble.js';
import '../style/line-failure.css';

/** Why a message was not sent, and what can be done about it. */
export function LineFailure({ line, desk }: { line: Line; desk: ChatDesk }) {
  const words = chatWritingWords.value;
  const { trouble } = line;
  return (
    <p class="said-failure" data-testid="failed">
      <Icon name="warning" />
      <span>
        {words.failed}
        {trouble !== undefined && `: ${troubleText(trouble)}`}
      </span>
      {trouble !== undefined && mayRetry(trouble) && (
        <button type="button" class="text-button" data-testid="retry" onClick={() => desk.room.retry(line)}>
          {words.again}
        </button>
      )}
      <button type="button" class="text-button" onClick={() => desk.edit(line)}>
        {words.edit}
      </button>
      <button type="button" class="text-button" onClick={() => desk.room.discard(line)}>
        {words.discard}
      </button>
    </p>
  );
}
