import { useEffect, useState } from 'preact/hooks';
import type { AuditEntry } from '@weir/contract';
import { readAudit } from '../api/server.js';
import { auditWords } from '../language/audit.js';
import { agoText, dateText } from '../language/format.js';
import { useAction } from '../page/action.js';
import { Notice } from '../page/notice.js';
import { Skeleton } from '../page/skeleton.js';
import { detailText } from './audit-detail.js';

const ID = /^[0-9a-f-]{16,}$|^[ag]:/;

/** What was done in a channel or, with null, on the whole server; newest first. */
export function AuditRows({ channel }: { channel: string | null }) {
  const words = auditWords.value;
  const [entries, setEntries] = useState<readonly AuditEntry[]>();
  const [next, setNext] = useState<string | null>(null);
  const action = useAction();
  const load = async (before: string | null) => {
    const page = await action.run(() => readAudit(channel, before));
    if (page === undefined) return;
    setEntries((known) => [...(before === null ? [] : (known ?? [])), ...page.entries]);
    setNext(page.next);
  };
  useEffect(() => void load(null), [channel]);
  return (
    <>
      {action.fault !== undefined && <Notice tone="error">{action.fault}</Notice>}
      {entries === undefined && action.busy && <Skeleton kind="row" count={3} label={words.loading} />}
      {entries?.length === 0 && <p class="quiet">{words.empty}</p>}
      <ol class="log" data-testid="audit">
        {entries?.map((entry) => (
          <AuditRow key={entry.id} entry={entry} whole={channel === null} />
        ))}
      </ol>
      {next !== null && (
        <p>
          <button type="button" class="button button-slim" aria-busy={action.busy} onClick={() => void load(next)}>
            {words.older}
          </button>
        </p>
      )}
    </>
  );
}

function AuditRow({ entry, whole }: { entry: AuditEntry; whole: boolean }) {
  const words = auditWords.value;
  const { action, actorName, at, channel, detail, target } = entry;
  const about = [
    whole && channel !== null ? channel : '',
    ID.test(target) || target === channel ? '' : target,
    detailText(detail),
  ];
  return (
    <li>
      <time class="quiet numbers" dateTime={at} title={dateText(at)}>
        {agoText(at)}
      </time>
      <p>
        <strong>{actorName || words.nobody}</strong> {words.actions[action] ?? <code>{action}</code>}
        <span class="quiet log-about">{about.filter((part) => part !== '').join(' · ')}</span>
      </p>
    </li>
  );
}
