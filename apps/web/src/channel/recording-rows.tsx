import { useEffect, useState } from 'preact/hooks';
import type { Recording } from '@weir/contract';
import { listRecordings } from '../api/recordings.js';
import { recordingRowsWords } from '../language/recording-rows.js';
import { recordingsWords } from '../language/recordings.js';
import { useAction } from '../page/action.js';
import { Notice } from '../page/notice.js';
import { Skeleton } from '../page/skeleton.js';
import { RecordingRow } from './recording-row.js';
import '../style/recording-rows.css';

/** The recordings of a channel, with what its owner may do to them. */
export function RecordingRows({ channel }: { channel: string }) {
  const words = recordingRowsWords.value;
  const [recordings, setRecordings] = useState<readonly Recording[]>();
  const [next, setNext] = useState<string | null>(null);
  const action = useAction();
  const load = async (after?: string) => {
    const page = await action.run(() => listRecordings({ channel, after }));
    if (page === undefined) return;
    setRecordings((before) => [...(after === undefined ? [] : (before ?? [])), ...page.recordings]);
    setNext(page.next);
  };
  useEffect(() => void load(), [channel]);
  const replace = (id: string, changed: Recording | undefined) =>
    setRecordings((before) => before?.flatMap((one) => (one.id === id ? (changed ?? []) : one)));
  return (
    <section class="stack" aria-label={words.title} data-testid={`recordings-${channel}`}>
      <h3>{words.title}</h3>
      {action.fault !== undefined && <Notice tone="error">{action.fault}</Notice>}
      {recordings === undefined && action.busy && (
        <Skeleton kind="row" count={2} label={recordingsWords.value.loading} />
      )}
      {recordings?.length === 0 && <p class="quiet">{words.none}</p>}
      <ul class="recording-rows">
        {recordings?.map((recording) => (
          <RecordingRow
            key={recording.id}
            recording={recording}
            onChange={(changed) => replace(recording.id, changed)}
          />
        ))}
      </ul>
      {next !== null && (
        <p>
          <button type="button" class="button button-slim" onClick={() => void load(next)}>
            {recordingsWords.value.older}
          </button>
        </p>
      )}
    </section>
  );
}
