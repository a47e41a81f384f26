import { useState } from 'preact/hooks';
import { directorWords } from '../language/director.js';
import { clockTime } from '../language/format.js';
import { pageWords } from '../language/page.js';
import { useClock } from '../page/clock.js';
import { ConfirmButton } from '../page/confirm-button.js';
import { Icon } from '../page/icon.js';
import type { Director } from './director.js';
import { OwnControls } from './own-controls.js';

interface ShowBarProps {
  director: Director;
  onInvite: () => void;
  onKeys: () => void;
}

/** How the show stands, one's own microphone and camera, and what begins and ends the show. */
export function ShowBar({ director, onInvite, onKeys }: ShowBarProps) {
  const words = directorWords.value;
  const stage = director.stage.value;
  if (stage === undefined) return null;
  const viewers = director.studio.facts.value?.viewers ?? 0;
  return (
    <section class={stage.live ? 'show-bar show-bar-live' : 'show-bar'} aria-label={words.stage}>
      <div class="show-state">
        <span class={stage.live ? 'badge badge-live' : 'badge'} data-testid="show-state">
          <span class="badge-dot" />
          {stage.live ? words.live : words.offline}
        </span>
        {stage.live && stage.since !== null && <Elapsed since={stage.since} />}
        {stage.live && (
          <a
            class="card-fact numbers"
            href={`/watch/${encodeURIComponent(director.channel)}`}
            target="_blank"
            rel="noopener"
            title={words.watch}
            data-testid="viewers"
          >
            <Icon name="people" />
            {pageWords.value.viewers(viewers)}
          </a>
        )}
        {stage.recorded && (
          <span class="card-fact numbers">
            <Icon name="film" />
            {words.recorded}
          </span>
        )}
      </div>
      <OwnControls director={director} />
      <div class="show-actions">
        <button
          type="button"
          class="cast-button"
          aria-label={words.keys}
          aria-keyshortcuts="?"
          title={words.keys}
          data-testid="director-keys"
          onClick={onKeys}
        >
          <Icon name="keyboard" />
        </button>
        <button
          type="button"
          class="button"
          aria-keyshortcuts="Z Control+Z"
          disabled={!stage.canUndo}
          data-testid="undo"
          onClick={() => void director.undo()}
        >
          <Icon name="undo" />
          {words.undo}
        </button>
        <button type="button" class="button" data-testid="invite" onClick={onInvite}>
          <Icon name="invite" />
          {words.invite}
        </button>
        <ShowSwitch director={director} />
      </div>
    </section>
  );
}

function ShowSwitch({ director }: { director: Director }) {
  const words = directorWords.value;
  const [starting, setStarting] = useState(false);
  const { countdown } = director.studio;
  const left = countdown.left.value;
  const isHeld = director.stage.value?.held === true;
  const begin = async () => {
    setStarting(true);
    await director.goLive();
    setStarting(false);
  };
  if (left !== undefined) {
    return (
      <button type="button" class="button show-switch" data-testid="cancel" onClick={() => countdown.cancel()}>
        <span class="numbers" role="status">
          {words.goingLive(left)}
        </span>
        · {words.cancel}
      </button>
    );
  }
  return isHeld ? (
    <ConfirmButton
      label={words.endShow}
      question={words.endQuestion}
      text={words.endText}
      yes={words.endYes}
      no={words.endNo}
      slim={false}
      testId="end-show"
      onConfirm={() => void director.endShow()}
    />
  ) : (
    <button
      type="button"
      class="button button-live show-switch"
      aria-busy={starting}
      data-testid="go-live"
      onClick={() => void begin()}
    >
      <Icon name="broadcast" />
      {words.goLive}
    </button>
  );
}

function Elapsed({ since }: { since: string }) {
  return (
    <span class="elapsed" data-testid="elapsed">
      {clockTime(useClock() - Date.parse(since))}
    </span>
  );
}
