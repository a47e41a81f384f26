import type { IngestProblem, IngestStatus } from '@weir/contract';
import { useEffect, useState } from 'preact/hooks';
import { encoderWords } from '../language/encoder.js';
import { clockTime } from '../language/format.js';
import { studioWords } from '../language/studio.js';
import { useClock } from '../page/clock.js';
import { CopyField } from '../page/copy-field.js';
import { Icon } from '../page/icon.js';
import { encoderFacts } from './encoder-facts.js';
import type { Studio } from './studio.js';

/** Waits for an encoder, then tells what it sends and what is wrong with it. */
export function EncoderStatus({ studio }: { studio: Studio }) {
  const words = encoderWords.value;
  const status = studio.ingest.status.value;
  const state = status?.state ?? 'unknown';
  const since = studio.facts.value?.since;
  return (
    <section class={`panel encoder-status encoder-${state}`} data-state={state} data-testid="encoder-status">
      <div class="studio-line">
        <span class={state === 'live' ? 'badge badge-live' : 'badge'}>
          <span class="badge-dot" />
          {state === 'live' ? studioWords.value.onAir : words.notYet}
          {state === 'live' && since != null && <Elapsed sinceMs={Date.parse(since)} />}
        </span>
        {status?.userAgent != null && <span class="quiet">{status.userAgent}</span>}
      </div>
      <p class="live-state numbers" data-testid="encoder-state">
        {status === undefined ? words.unknown : sentence(status)}
      </p>
      <Announcement status={status} />
      {state === 'waiting' && <p class="hint">{words.waitingHow}</p>}
      {status !== undefined && state === 'live' && (
        <>
          <p>{words.liveNow}</p>
          <p class="numbers" data-testid="encoder-viewers">
            {words.viewers(status.viewers.realTime, status.viewers.hls)}
          </p>
          <CopyField label={studioWords.value.watchLink} value={`${location.origin}/watch/${studio.channel}`} />
        </>
      )}
      {status !== undefined && state !== 'waiting' && <Problems problems={status.problems} isLive={state === 'live'} />}
    </section>
  );
}

/** Said aloud when the state or the problems change, not when a figure does. */
function Announcement({ status }: { status: IngestStatus | undefined }) {
  const words = encoderWords.value;
  const problems = (status?.problems ?? []).map(({ type }) => words.problems[type].name).join('. ');
  const [said, setSaid] = useState('');
  useEffect(() => {
    setSaid(status === undefined ? '' : [sentence(status), problems].filter(Boolean).join('. '));
  }, [status?.state, problems, words]);
  return (
    <p class="unseen" role="status">
      {said}
    </p>
  );
}

function Problems({ problems, isLive }: { problems: readonly IngestProblem[]; isLive: boolean }) {
  const words = encoderWords.value;
  if (problems.length === 0) {
    if (!isLive) return null;
    return (
      <p class="studio-line hint-good" data-testid="no-problems">
        <Icon name="tick" />
        {words.noProblems}
      </p>
    );
  }
  return (
    <div class="stack">
      <h2>{words.problemsTitle}</h2>
      <ul class="problems" data-testid="problems">
        {problems.map(({ type, severity, found }) => (
          <li key={type} class={`problem problem-${severity}`} data-testid={`problem-${type}`}>
            <p class="problem-name">
              <Icon name={severity === 'info' ? 'broadcast' : 'warning'} />
              <strong>{words.problems[type].name}</strong>
              <span class="badge">{words.severities[severity]}</span>
            </p>
            {found !== '' && <p class="numbers quiet">{words.measured(found)}</p>}
            <p>{words.problems[type].reason}</p>
            <p class="problem-fix">{words.problems[type].fix}</p>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Elapsed({ sinceMs }: { sinceMs: number }) {
  return <span class="elapsed">{clockTime(useClock() - sinceMs)}</span>;
}

function sentence(status: IngestStatus): string {
  const words = encoderWords.value;
  const software = status.userAgent ?? words.encoder;
  if (status.state === 'waiting') return words.waiting;
  if (status.state === 'live') return words.connected(encoderFacts(status));
  return status.problems.length > 0 ? words.noMedia(software) : words.connecting(software);
}
