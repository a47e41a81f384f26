import { useEffect, useState } from 'preact/hooks';
import type { Recording } from '@weir/contract';
import { listRecordings } from '../api/recordings.js';
import { recordingsWords } from '../language/recordings.js';
import { Empty } from '../page/empty.js';
import { Notice } from '../page/notice.js';
import { Page } from '../page/page.js';
import { Skeleton } from '../page/skeleton.js';
import { RecordingCard } from './recording-card.js';
import { isSettled } from './recording-words.js';
import '../style/home.css';
import '../style/recordings.css';

const REFRESH_MS = 5000;
const PAGE_SIZE = 24;

/** The recordings of one channel or of all, newest first. */
export function ListPage({ channel }: { channel: string | undefined }) {
  const words = recordingsWords.value;
  const { recordings, more, unreachable, showMore } = useRecordings(channel);
  const title = channel === undefined ? words.title : words.of(channel);
  useEffect(() => {
    document.title = `${title} · Weir`;
  }, [title]);
  return (
    <Page>
      <section class="hero">
        <h1 data-testid="title">{title}</h1>
        <p class="lead">{words.lead}</p>
        {channel !== undefined && (
          <p class="line">
            <a class="button button-slim" href={`/watch/${encodeURIComponent(channel)}`}>
              {words.watchLive}
            </a>
            <a class="button button-slim" href="/recordings">
              {words.all}
            </a>
          </p>
        )}
      </section>
      {unreachable && <Notice tone="error">{words.unreachable}</Notice>}
      <section aria-label={title} aria-busy={recordings === undefined}>
        {recordings === undefined && !unreachable && <Skeleton kind="card" count={6} label={words.loading} />}
        {recordings?.length === 0 && <Empty title={words.emptyTitle} text={words.emptyText} testId="no-recordings" />}
        <ul class="cards" data-testid="recordings">
          {recordings?.map((recording) => (
            <RecordingCard key={recording.id} recording={recording} />
          ))}
        </ul>
        {more && (
          <p class="more">
            <button type="button" class="button" data-testid="older" onClick={showMore}>
              {words.older}
            </button>
          </p>
        )}
      </section>
    </Page>
  );
}

function useRecordings(channel: string | undefined) {
  const [recordings, setRecordings] = useState<readonly Recording[]>();
  const [next, setNext] = useState<string | null>(null);
  const [unreachable, setUnreachable] = useState(false);
  const waiting = recordings?.some((recording) => !isSettled(recording)) ?? true;

  const refresh = async () => {
    try {
      const page = await listRecordings({ channel, limit: PAGE_SIZE });
      setUnreachable(false);
      setRecordings((before) => merged(before ?? [], page.recordings));
      setNext((before) => (recordings === undefined ? page.next : before));
    } catch {
      setUnreachable(true);
    }
  };
  const showMore = async () => {
    const page = await listRecordings({ channel, after: next ?? undefined, limit: PAGE_SIZE }).catch(() => undefined);
    if (page === undefined) return setUnreachable(true);
    setNext(page.next);
    setRecordings((before) => [...(before ?? []), ...page.recordings]);
  };
  useEffect(() => {
    if (recordings === undefined) void refresh();
    if (!waiting && !unreachable) return;
    const timer = setInterval(() => !document.hidden && void refresh(), REFRESH_MS);
    return () => clearInterval(timer);
  }, [channel, waiting, unreachable]);
  return { recordings, more: next !== null, unreachable, showMore: () => void showMore() };
}

/** The newest page as it is now, and behind it what was there of older ones. */
function merged(before: readonly Recording[], newest: readonly Recording[]): Recording[] {
  const oldest = newest.at(-1)?.startedAt ?? '';
  return [
    ...newest,
    ...before.filter(({ id, startedAt }) => startedAt < oldest && newest.every((one) => one.id !== id)),
  ];
}
