import type { ComponentChildren } from 'preact';
import { text } from '../language/language.js';
import { Icon } from '../page/icon.js';
import { canShareScreen } from './capture.js';
import type { Studio } from './studio.js';

/** Says what the browser is about to ask, and asks only after a click. */
export function Preflight({ studio, children }: { studio: Studio; children: ComponentChildren }) {
  const words = text.value.studio;
  const blocked = studio.opening.value || studio.trouble.value?.error === 'insecure';
  return (
    <section class="panel preflight" data-testid="preflight">
      <p class="eyebrow">{words.channel(studio.channel)}</p>
      <h1>{words.introTitle}</h1>
      <p>{words.introText}</p>
      <p class="promise">{words.introNothing}</p>
      {children}
      <div class="choices">
        <button
          type="button"
          class="button button-main"
          disabled={blocked}
          data-testid="use-camera"
          onClick={() => void studio.prepare('camera')}
        >
          <Icon name="camera" />
          {words.startCamera}
        </button>
        <button
          type="button"
          class="button"
          disabled={blocked || !canShareScreen()}
          data-testid="use-screen"
          onClick={() => void studio.prepare('screen')}
        >
          <Icon name="screen" />
          {words.startScreen}
        </button>
        <button
          type="button"
          class="button"
          disabled={blocked}
          data-testid="use-sound"
          onClick={() => void studio.prepare('none')}
        >
          <Icon name="microphone" />
          {words.startSound}
        </button>
      </div>
      <p class="quiet" role="status">
        {studio.opening.value ? words.opening : ''}
      </p>
    </section>
  );
}
