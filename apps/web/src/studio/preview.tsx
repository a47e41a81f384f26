import { useEffect, useRef } from 'preact/hooks';
import { clockTime, text } from '../language/language.js';
import { useClock } from '../page/clock.js';
import { Icon } from '../page/icon.js';
import type { Studio } from './studio.js';

/** The picture as it goes out; the own camera is mirrored for oneself only. */
export function Preview({ studio }: { studio: Studio }) {
  const words = text.value.studio;
  const video = useRef<HTMLVideoElement>(null);
  const track = studio.video.value;
  useEffect(() => {
    if (video.current === null) return;
    video.current.srcObject = track === null ? null : new MediaStream([track]);
    void video.current.play().catch(() => undefined);
  }, [track]);
  const onAir = studio.state.value === 'connected';
  return (
    <div class={onAir ? 'preview preview-live' : 'preview'}>
      <video
        ref={video}
        class={studio.source.value === 'camera' ? 'mirrored' : ''}
        muted
        playsInline
        aria-label={words.preview}
        data-testid="preview"
      />
      {track === null && (
        <div class="overlay overlay-plain">
          <Icon name="microphone" />
          <p>{words.soundOnly}</p>
        </div>
      )}
      <span class={onAir ? 'badge badge-live preview-badge' : 'badge preview-badge'} data-testid="air">
        <span class="badge-dot" />
        {onAir ? words.onAir : words.preview}
        {studio.liveSinceMs.value !== undefined && <Elapsed sinceMs={studio.liveSinceMs.value} />}
      </span>
    </div>
  );
}

function Elapsed({ sinceMs }: { sinceMs: number }) {
  return <span class="elapsed">{clockTime(useClock() - sinceMs)}</span>;
}
