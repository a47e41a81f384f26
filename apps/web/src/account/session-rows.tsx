import type { SessionSummary } from '@weir/contract';
import { endOtherSessions, endSession, listSessions } from '../api/account.js';
import { agoText, dateText } from '../language/format.js';
import { profileWords } from '../language/profile.js';
import { done, useAction } from '../page/action.js';
import { ConfirmButton } from '../page/confirm-button.js';
import { Notice } from '../page/notice.js';
import { useRemote } from '../page/remote.js';
import { Skeleton } from '../page/skeleton.js';
import { browserOf } from './user-agent.js';

/** Where the account is signed in. */
export function SessionRows() {
  const words = profileWords.value.sessions;
  const sessions = useRemote(listSessions, []);
  const action = useAction();
  const end = async (work: () => Promise<void>) => {
    await action.runInTurn(() => done(work()));
    sessions.reload();
  };
  const others = sessions.value?.filter(({ current }) => !current) ?? [];
  const fault = action.fault ?? sessions.fault;
  return (
    <div class="stack">
      <p class="lead">{words.lead}</p>
      {fault !== undefined && <Notice tone="error">{fault}</Notice>}
      {sessions.value === undefined && sessions.fault === undefined && (
        <Skeleton kind="row" count={2} label={profileWords.value.loading} />
      )}
      <ul class="table" data-testid="sessions">
        {sessions.value?.map((one) => (
          <SessionRow key={one.id} session={one} onEnd={() => void end(() => endSession(one.id))} />
        ))}
      </ul>
      {others.length > 0 && (
        <p>
          <ConfirmButton
            label={words.endOthers}
            question={words.endOthersQuestion}
            text={words.endOthersText}
            yes={words.endOthers}
            no={words.keep}
            onConfirm={() => void end(endOtherSessions)}
          />
        </p>
      )}
    </div>
  );
}

function SessionRow({ session, onEnd }: { session: SessionSummary; onEnd: () => void }) {
  const words = profileWords.value.sessions;
  const browser = browserOf(session.userAgent) ?? words.unknown;
  return (
    <li class="table-row">
      <div>
        <p class="table-name">{browser}</p>
        <p class="quiet numbers">
          {words.since(dateText(session.createdAt))} · {words.seen(agoText(session.lastSeenAt))}
        </p>
      </div>
      {session.current ? (
        <span class="badge badge-role">{words.current}</span>
      ) : (
        <button type="button" class="button button-slim" aria-label={words.endOf(browser)} onClick={onEnd}>
          {words.end}
        </button>
      )}
    </li>
  );
}
