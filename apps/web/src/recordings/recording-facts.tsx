import type { Recording } from '@weir/contract';
import { bytesText, clockTime, dateText } from '../language/format.js';
import { recordingsWords } from '../language/recordings.js';
import { Icon } from '../page/icon.js';
import { Notice } from '../page/notice.js';
import { titleOf } from './recording-words.js';

/** What a recording is, and how it is doing while it is not ready. */
export function RecordingFacts({ recording }: { recording: Recording }) {
  const words = recordingsWords.value;
  const { channel, state, startedAt, durationSeconds, bytes, width, height } = recording;
  return (
    <>
      <div class="watch-facts">
        <h1 data-testid="title">{titleOf(recording)}</h1>
        <p class="watch-line">
          {recording.protected && (
            <span class="card-fact">
              <Icon name="lock" />
              {words.protected}
            </span>
          )}
        </p>
        <p class="watch-actions">
          <a class="button" href={`/recordings?channel=${encodeURIComponent(channel)}`}>
            <Icon name="film" />
            {words.of(channel)}
          </a>
        </p>
      </div>
      {state !== 'ready' && <Progress recording={recording} />}
      {state === 'ready' && recording.reason !== null && <Notice tone="info">{recording.reason}</Notice>}
      <dl class="facts" data-testid="facts">
        <Fact name={words.channel}>
          <a href={`/watch/${encodeURIComponent(channel)}`}>{channel}</a>
        </Fact>
        <Fact name={words.date}>
          <time dateTime={startedAt}>{dateText(startedAt)}</time>
        </Fact>
        <Fact name={words.length}>{clockTime(durationSeconds * 1000)}</Fact>
        <Fact name={words.size}>{bytesText(bytes)}</Fact>
        <Fact name={words.picture}>{width === null || height === null ? '–' : `${width}×${height}`}</Fact>
      </dl>
    </>
  );
}

function Fact({ name, children }: { name: string; children: preact.ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Progress({ recording: { state, progress, reason } }: { recording: Recording }) {
  const words = recordingsWords.value;
  return (
    <Notice tone={state === 'failed' ? 'error' : 'info'} title={words.states[state]}>
      <p data-testid="recording-state" data-state={state}>
        {words.told[state]}
      </p>
      {reason !== null && <p>{reason}</p>}
      {progress !== null && (
        <p class="progress">
          <progress max={1} value={progress} aria-label={words.states[state]} />
          <span class="numbers">{words.progress(Math.floor(progress * 100))}</span>
        </p>
      )}
    </Notice>
  );
}
