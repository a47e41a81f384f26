import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { signInPath } from '../page/menu.js';
import { session } from '../api/session.js';
import { studioWords } from '../language/studio.js';
import { CopyField } from '../page/copy-field.js';
import { Icon } from '../page/icon.js';
import { Notice } from '../page/notice.js';
import { KeyForm } from './key-form.js';
import { LiveFacts } from './live-facts.js';
import { LiveHealth, ProgramHealth } from './live-health.js';
import { StopButton } from './stop-button.js';
import type { Studio } from './studio.js';

/** Goes live, tells how it goes, and ends it. */
export function LivePanel({ studio }: { studio: Studio }) {
  const words = studioWords.value;
  const { broadcast, countdown } = studio;
  const counting = countdown.left.value !== undefined;
  const running = broadcast.running.value;
  const panel = useRef<HTMLElement>(null);
  const mode = useRef('');
  // Before the next paint: a key that is pressed at once must find a focus.
  useLayoutEffect(() => {
    const now = counting ? 'counting' : running ? 'live' : 'before';
    // What had the focus is gone with what it stood in.
    if (mode.current !== '' && mode.current !== now && document.activeElement === document.body) panel.current?.focus();
    mode.current = now;
  }, [counting, running]);
  return (
    <section ref={panel} class="panel" tabIndex={-1} data-testid="live-panel" aria-label={words.goLive}>
      {counting ? <Counting studio={studio} /> : running ? <Live studio={studio} /> : <Before studio={studio} />}
      <p class="unseen" role="alert" data-testid="announcement">
        {counting ? words.goLiveIn(countdown.left.value ?? 0) : running ? stateText(studio) : ''}
      </p>
    </section>
  );
}

function Before({ studio }: { studio: Studio }) {
  const words = studioWords.value;
  const { broadcast } = studio;
  const isReplaced = broadcast.state.value === 'replaced';
  const refusal = refusalText(studio);
  return (
    <>
      {refusal !== undefined && (
        <Notice tone="error">
          <p data-testid="refusal">{refusal}</p>
        </Notice>
      )}
      {isReplaced && (
        <Notice tone="error" title={words.replacedTitle}>
          <p>{words.replacedText}</p>
          <button type="button" class="button" data-testid="take-over" onClick={() => void studio.goLive()}>
            {words.takeOver}
          </button>
        </Notice>
      )}
      {!isReplaced && studio.isLiveElsewhere.value && <LiveElsewhere studio={studio} />}
      <Begin studio={studio} />
    </>
  );
}

function LiveElsewhere({ studio }: { studio: Studio }) {
  const words = studioWords.value;
  const isOwner = studio.isOwner.value;
  useEffect(() => (isOwner ? studio.ingest.look() : undefined), [isOwner, studio]);
  return (
    <Notice tone="info">
      <p data-testid="live-elsewhere">{words.liveElsewhere(studio.ingest.status.value?.userAgent ?? words.somebody)}</p>
    </Notice>
  );
}

function Begin({ studio }: { studio: Studio }) {
  const words = studioWords.value;
  const { sources } = studio;
  const blocked = studio.starting.value || !sources.ready.value;
  // Until it is known whether the channel is one's own, nobody is asked for a key.
  if (studio.facts.value === undefined && studio.typedKey === '') return null;
  return (
    <>
      {studio.isOwner.value && studio.typedKey === '' ? (
        <>
          <button
            type="button"
            class="button button-live"
            disabled={blocked}
            data-testid="go-live"
            onClick={() => void studio.goLive()}
          >
            <Icon name="broadcast" />
            {words.goLive}
          </button>
          <p class="hint">{words.asOwner}</p>
        </>
      ) : (
        <>
          <KeyForm first={studio.typedKey} disabled={blocked} onSubmit={(key) => void studio.goLive(key)} />
          {session.value?.account === null && (
            <p class="hint">
              {words.keyOr} <a href={signInPath()}>{words.signIn}</a>
            </p>
          )}
        </>
      )}
      <label class="check">
        <input
          type="checkbox"
          checked={sources.choices.value.countdown}
          data-testid="countdown"
          onChange={(event) => sources.choose({ countdown: event.currentTarget.checked })}
        />
        {words.countdownChoice}
      </label>
    </>
  );
}

function Counting({ studio }: { studio: Studio }) {
  const words = studioWords.value;
  const cancel = useRef<HTMLButtonElement>(null);
  useEffect(() => cancel.current?.focus(), []);
  return (
    <>
      <p class="live-state numbers" data-testid="counting">
        {words.goLiveIn(studio.countdown.left.value ?? 0)}
      </p>
      <div class="count-actions">
        <button ref={cancel} type="button" class="button" data-testid="cancel" onClick={() => studio.stop()}>
          {words.cancel}
        </button>
        <button type="button" class="button" data-testid="go-live-now" onClick={() => studio.countdown.skip()}>
          {words.goLiveNow}
        </button>
      </div>
    </>
  );
}

function Live({ studio }: { studio: Studio }) {
  const words = studioWords.value;
  const { broadcast, channel } = studio;
  const wasLive = broadcast.sinceMs.value !== undefined;
  return (
    <>
      <p class="live-state" data-testid="live-state">
        {stateText(studio)}
      </p>
      {broadcast.onAir.value && <LiveHealth studio={studio} />}
      {wasLive && <LiveFacts studio={studio} />}
      {studio.program.value !== undefined && <ProgramHealth program={studio.program.value} />}
      <CopyField label={words.watchLink} value={`${location.origin}/watch/${channel}`} testId="watch-link" />
      <a class="hint" href={`/watch/${encodeURIComponent(channel)}`} target="_blank" rel="noopener">
        {words.watchPage}
      </a>
      <StopButton onStop={() => studio.stop()} />
    </>
  );
}

function stateText({ broadcast }: Studio): string {
  const words = studioWords.value;
  if (broadcast.onAir.value) return words.liveFor;
  return broadcast.sinceMs.value === undefined ? words.connecting : words.reconnecting;
}

function refusalText(studio: Studio): string | undefined {
  const words = studioWords.value.refused;
  const { state, refusal } = studio.broadcast;
  const trouble = studio.startTrouble.value;
  if (trouble !== undefined) return trouble === 'key' ? words.ownKey : words[trouble];
  if (state.value !== 'refused') return undefined;
  const { status, detail } = refusal.value ?? { status: 0, detail: '' };
  if (status === 401 || status === 403) return studio.isOwner.value ? words.ownKey : words.key;
  return status === 404 ? words.channel : words.other(detail);
}
