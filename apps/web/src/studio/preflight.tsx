import { deviceWords } from '../language/device.js';
import { studioWords } from '../language/studio.js';
import { Icon } from '../page/icon.js';
import { Notice } from '../page/notice.js';
import { canShareScreen } from './capture.js';
import { DeviceTroubles, whereToClick } from './device-troubles.js';
import type { Studio } from './studio.js';

/** Says what the browser is about to ask, and asks only after a click. */
export function Preflight({ studio }: { studio: Studio }) {
  const words = studioWords.value;
  const { sources, permissions } = studio;
  const opening = sources.opening.value;
  const blocked = opening || sources.troubles.value.camera === 'insecure';
  const [camera, microphone] = [permissions.camera.value, permissions.microphone.value];
  const isTroubled = Object.keys(sources.troubles.value).length > 0;
  return (
    <section class="panel preflight" data-testid="preflight">
      <h2>{words.introTitle}</h2>
      <p>{camera === 'granted' && microphone === 'granted' ? words.introGranted : words.introText}</p>
      <p class="promise">{words.introNothing}</p>
      {!isTroubled && (camera === 'denied' || microphone === 'denied') && (
        <Notice tone="info" title={deviceWords.value.errors.denied}>
          <p data-testid="permission-denied">{whereToClick('denied')}</p>
        </Notice>
      )}
      <DeviceTroubles sources={sources} />
      <div class="choices">
        <button
          type="button"
          class="button button-main"
          disabled={blocked}
          data-testid="use-camera"
          onClick={() => void sources.prepare('camera')}
        >
          <Icon name="camera" />
          {words.startCamera}
        </button>
        <button
          type="button"
          class="button"
          disabled={blocked || !canShareScreen()}
          data-testid="use-screen"
          onClick={() => void sources.prepare('screen')}
        >
          <Icon name="screen" />
          {words.startScreen}
        </button>
        <button
          type="button"
          class="button"
          disabled={blocked}
          data-testid="use-sound"
          onClick={() => void sources.prepare('none')}
        >
          <Icon name="microphone" />
          {words.startSound}
        </button>
      </div>
      <p class="quiet" role="status">
        {opening ? words.opening : ''}
      </p>
    </section>
  );
}
