import { deviceWords } from '../language/device.js';
import { studioWords } from '../language/studio.js';
import { Icon, type IconName } from '../page/icon.js';
import { Notice } from '../page/notice.js';
import { canShareScreen } from './capture.js';
import { DeviceTroubles, whereToClick } from './device-troubles.js';
import type { PermissionWatch } from './permission-watch.js';
import type { PictureSource, Sources } from './sources.js';

interface PreflightProps {
  place: { readonly sources: Sources; readonly permissions: PermissionWatch };
  title: string;
  /** What is not done yet. */
  promise: string;
  /** What the picture may show. */
  offers: readonly PictureSource[];
}

/** Says what the browser is about to ask, and asks only after a click. */
export function Preflight({ place: { sources, permissions }, title, promise, offers }: PreflightProps) {
  const words = studioWords.value;
  const opening = sources.opening.value;
  const blocked = opening || sources.troubles.value.camera === 'insecure';
  const [camera, microphone] = [permissions.camera.value, permissions.microphone.value];
  const isTroubled = Object.keys(sources.troubles.value).length > 0;
  const starts = {
    camera: { icon: 'camera', text: words.startCamera, testId: 'use-camera' },
    screen: { icon: 'screen', text: words.startScreen, testId: 'use-screen' },
    none: { icon: 'microphone', text: words.startSound, testId: 'use-sound' },
  } as const satisfies Record<PictureSource, { icon: IconName; text: string; testId: string }>;
  return (
    <section class="panel preflight" data-testid="preflight">
      <h2>{title}</h2>
      <p>{camera === 'granted' && microphone === 'granted' ? words.introGranted : words.introText}</p>
      <p class="promise">{promise}</p>
      {!isTroubled && (camera === 'denied' || microphone === 'denied') && (
        <Notice tone="info" title={deviceWords.value.errors.denied}>
          <p data-testid="permission-denied">{whereToClick('denied')}</p>
        </Notice>
      )}
      <DeviceTroubles sources={sources} />
      <div class="choices">
        {offers.map((one) => (
          <button
            key={one}
            type="button"
            class={one === 'camera' ? 'button button-main' : 'button'}
            disabled={blocked || (one === 'screen' && !canShareScreen())}
            data-testid={starts[one].testId}
            onClick={() => void sources.prepare(one)}
          >
            <Icon name={starts[one].icon} />
            {starts[one].text}
          </button>
        ))}
      </div>
      <p class="quiet" role="status">
        {opening ? words.opening : ''}
      </p>
    </section>
  );
}
