import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { deviceWords } from '../language/device.js';
import { studioWords } from '../language/studio.js';
import { Icon } from '../page/icon.js';
import { BlackPicture } from './black-picture.js';
import type { Sources } from './sources.js';

interface OwnPictureProps {
  sources: Sources;
  /** Others see it now. */
  onAir: boolean;
  /** What lies on it. */
  children?: ComponentChildren;
}

/** One's own picture as it goes out; the own camera is mirrored for oneself only. */
export function OwnPicture({ sources, onAir, children }: OwnPictureProps) {
  const words = studioWords.value;
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
        {children}
      </div>
      {black && !isOff && (
        <p class="hint hint-warn" role="status" data-testid="black-picture">
          {deviceWords.value.black}
        </p>
      )}
    </>
  );
}
