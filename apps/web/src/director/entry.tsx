import { directorWords } from '../language/director.js';
import { faultText } from '../page/fault-text.js';
import { Icon } from '../page/icon.js';
import { Notice } from '../page/notice.js';
import { DeviceTroubles } from '../studio/device-troubles.js';
import type { Director } from './director.js';

/** Asks whether who directs takes part; the browser asks for camera and microphone only after a click. */
export function Entry({ director }: { director: Director }) {
  const words = directorWords.value;
  const { sources, broadcast } = director.studio;
  const busy = director.entering.value;
  const blocked = busy || sources.troubles.value.camera === 'insecure';
  const isPublishing = broadcast.running.value;
  return (
    <section class="panel preflight" data-testid="stage-entry">
      <h2>{words.introTitle}</h2>
      <p>{words.introText}</p>
      <p class="promise">{words.introPromise}</p>
      {director.entryFault.value !== undefined && (
        <Notice tone="error">
          {faultText(director.entryFault.value, { 403: words.notAllowed, 401: words.signedOut })}
        </Notice>
      )}
      {isPublishing && <Notice tone="info">{words.sourceFailed}</Notice>}
      <DeviceTroubles sources={sources} />
      <div class="choices">
        {!isPublishing && (
          <>
            <button
              type="button"
              class="button button-main"
              disabled={blocked}
              data-testid="take-part"
              onClick={() => void director.takePart('camera')}
            >
              <Icon name="camera" />
              {words.withCamera}
            </button>
            <button
              type="button"
              class="button"
              disabled={blocked}
              data-testid="take-part-sound"
              onClick={() => void director.takePart('none')}
            >
              <Icon name="microphone" />
              {words.withSound}
            </button>
          </>
        )}
        <button
          type="button"
          class="button"
          disabled={busy}
          data-testid="direct-only"
          onClick={() => director.direct()}
        >
          <Icon name="sliders" />
          {words.without}
        </button>
      </div>
      <p class="quiet" role="status">
        {sources.opening.value ? words.opening : ''}
      </p>
    </section>
  );
}
