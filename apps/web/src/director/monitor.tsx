import { signal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { directorWords } from '../language/director.js';
import { Icon } from '../page/icon.js';
import { ScenePreview } from '../stage/preview/scene-preview.js';
import type { StageRoom } from '../stage/stage-room.js';
import type { Director } from './director.js';

const VIEWS = ['preview', 'program'] as const;

type View = (typeof VIEWS)[number];

const view = signal<View>('preview');

/** Chooses what the monitor shows. */
export function MonitorSwitch() {
  const words = directorWords.value;
  return (
    <div class="segments monitor-views" role="group" aria-label={words.monitor}>
      {VIEWS.map((one) => (
        <button
          key={one}
          type="button"
          class="segment"
          aria-pressed={view.value === one}
          data-testid={`monitor-${one}`}
          onClick={() => (view.value = one)}
        >
          {words[one]}
        </button>
      ))}
    </div>
  );
}

/** What the scene is like, drawn here at once, or the program as viewers get it. */
export function Monitor({ director }: { director: Director }) {
  const words = directorWords.value;
  const room = director.room.value;
  const isLive = director.stage.value?.live === true;
  const card = director.arrangement.value?.card ?? null;
  return (
    <section class="monitor" aria-label={words.monitor}>
      <div class={isLive ? 'monitor-picture monitor-live' : 'monitor-picture'}>
        {view.value === 'preview' ? (
          <ScenePreview stage={director.stage} streams={director.streams} label={words.previewOf} />
        ) : (
          room !== undefined && <Program room={room} live={isLive} />
        )}
      </div>
      {card !== null && (
        <p class="monitor-card" role="status">
          {words.cardUp(words.cards[card])}
          <button
            type="button"
            class="button button-slim"
            data-testid="show-stage"
            onClick={() => void director.changeScene({ card: null })}
          >
            {words.showStage}
          </button>
        </p>
      )}
    </section>
  );
}

function Program({ room, live }: { room: StageRoom; live: boolean }) {
  const words = directorWords.value;
  const video = useRef<HTMLVideoElement>(null);
  const [listens, setListens] = useState(false);
  const stream = room.program.stream.value;
  useEffect(() => (live ? room.program.watch() : undefined), [room, live]);
  useEffect(() => {
    const element = video.current;
    if (element === null) return;
    element.srcObject = stream ?? null;
    if (stream !== undefined) void element.play().catch(() => undefined);
  }, [stream]);
  return (
    <>
      <video
        ref={video}
        class="monitor-video"
        muted={!listens}
        playsInline
        aria-label={words.programOf}
        data-testid="program"
      />
      {stream === undefined && <p class="monitor-wait">{live ? words.programWaits : words.programIdle}</p>}
      {stream !== undefined && (
        <button
          type="button"
          class="cast-button monitor-sound"
          aria-label={listens ? words.hush : words.listen}
          title={listens ? words.hush : words.listenHint}
          data-testid="listen"
          onClick={() => setListens(!listens)}
        >
          <Icon name={listens ? 'volume' : 'muted'} />
        </button>
      )}
    </>
  );
}
