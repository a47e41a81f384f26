import { useEffect, useRef, useState } from 'preact/hooks';
import { deviceWords } from '../language/device.js';
import { clockTime } from '../language/format.js';
import { studioWords } from '../language/studio.js';
import { useClock } from '../page/clock.js';
import { Icon } from '../page/icon.js';
import { BlackPicture } from './black-picture.js';
import type { Studio } from './studio.js';

/** The picture as it goes out; the own camera is mirrored for oneself only. */
export function Preview({ studio }: { studio: Studio }) {
  const words = studioWords.value;
  const { sources, broadcast, countdown } = studio;
  const video = useRef<HTMLVideoElement>(null);
  const [upright, setUpright] = useState(false);
  const [black, setBlack] = useState(false);
  const track = sources.video.value;
  const isCamera = sources.source.value === 'camera';
  const isOff = isCamera && track !== null && !sources.cameraOn.value;
  useEffect(() => {
    const element = video.current;
    if (element === null) return undefined;
    element.srcObject = track === null ? null : new MediaStream([track]);
    void element.play().catch(() => undefined);
    setBlack(false);
    if (track === null || !isCamera || isOff) return undefined;
    const look = new BlackPicture(element, setBlack);
    return () => look.close();
  }, [track, isCamera, isOff]);
  const looksAway = track?.getSettings().facingMode === 'environment';
  const isMirrored = isCamera && sources.choices.value.mirror && !looksAway;
  const onAir = broadcast.onAir.value;
  return (
    <>
      <div class={`preview ${onAir ? 'preview-live' : ''} ${upright ? 'preview-upright' : ''}`}>
        <video
          ref={video}
          class={isMirrored ? 'mirrored' : ''}
          muted
          playsInline
          aria-label={words.preview}
          data-testid="preview"
          onResize={({ currentTarget: { videoWidth, videoHeight } }) => setUpright(videoHeight > videoWidth)}
        />
        {(track === null || isOff) && (
          <div class="overlay overlay-plain">
            <Icon name={isOff ? 'blind' : 'microphone'} />
            <p>{isOff ? words.cameraIsOff : words.soundOnly}</p>
          </div>
        )}
        {countdown.left.value !== undefined && (
          <div class="count" aria-hidden="true" key={countdown.left.value}>
            {countdown.left.value}
          </div>
        )}
        <AirBadge studio={studio} />
      </div>
      {black && !isOff && (
        <p class="hint hint-warn" role="status" data-testid="black-picture">
          {deviceWords.value.black}
        </p>
      )}
    </>
  );
}

function AirBadge({ studio: { broadcast, countdown } }: { studio: Studio }) {
  const words = studioWords.value;
  const onAir = broadcast.onAir.value;
  const sinceMs = broadcast.sinceMs.value;
  const isBack = broadcast.running.value && sinceMs !== undefined;
  const isStarting = countdown.left.value !== undefined || broadcast.running.value;
  const label = onAir ? words.onAir : isBack ? words.reconnectingShort : isStarting ? words.starting : words.preview;
  return (
    <span class={onAir ? 'badge badge-live preview-badge' : 'badge preview-badge'} data-testid="air">
      <span class="badge-dot" />
      {label}
      {sinceMs !== undefined && <Elapsed sinceMs={sinceMs} />}
    </span>
  );
}

function Elapsed({ sinceMs }: { sinceMs: number }) {
  return (
    <span class="elapsed" data-testid="elapsed">
      {clockTime(useClock() - sinceMs)}
    </span>
  );
}
