import { useEffect, useState } from 'preact/hooks';
import { useLoaded } from '../chat/use-loaded.js';
import { studioWords } from '../language/studio.js';
import { ChannelForm } from '../page/channel-form.js';
import { Notice } from '../page/notice.js';
import { Page } from '../page/page.js';
import { showAirSign } from './air-sign.js';
import { BrowserStudio } from './browser-studio.js';
import { EncoderPanel } from './encoder-panel.js';
import { Preflight } from './preflight.js';
import type { Studio } from './studio.js';
import '../style/studio.css';

const WAYS = ['browser', 'encoder', 'stage'] as const;

type Way = (typeof WAYS)[number];

/** Where a broadcaster gets ready and is live, by this browser or by an encoder. */
export function StudioPage({ studio }: { studio: Studio }) {
  const words = studioWords.value;
  const [way, setWay] = useState<Way>(WAYS.find((one) => location.hash === `#${one}`) ?? 'browser');
  const StageDesk = useLoaded(way === 'stage', async () => (await import('../director/stage-desk.js')).StageDesk);
  const facts = studio.facts.value;
  const title = facts?.title ?? studio.channel;
  const onAir = studio.broadcast.onAir.value;
  useEffect(() => {
    // On the stage it is the show that is on air, whoever publishes.
    if (way !== 'stage') showAirSign(title || words.title, onAir);
  }, [title, words, onAir, way]);
  if (studio.channel === '') {
    return (
      <Page>
        <section class="panel preflight">
          <h1>{words.title}</h1>
          <ChannelForm />
        </section>
      </Page>
    );
  }
  const choose = (chosen: Way) => {
    setWay(chosen);
    history.replaceState(null, '', chosen === 'browser' ? location.pathname : `#${chosen}`);
  };
  return (
    <Page>
      <header class={way === 'stage' ? 'studio-head studio-head-slim' : 'studio-head'}>
        <div>
          <p class="eyebrow">{words.title}</p>
          <h1>{title}</h1>
        </div>
        <div class="segments studio-ways" role="group" aria-label={words.ways.label}>
          {WAYS.map((one) => (
            <button
              key={one}
              type="button"
              class="segment"
              aria-pressed={way === one}
              data-testid={`way-${one}`}
              onClick={() => choose(one)}
            >
              {words.ways[one]}
            </button>
          ))}
        </div>
      </header>
      {facts === null && (
        <Notice tone="error">
          <p>{words.unseen}</p>
        </Notice>
      )}
      {way === 'stage' ? (
        StageDesk !== undefined && <StageDesk studio={studio} />
      ) : way === 'encoder' ? (
        <EncoderPanel studio={studio} />
      ) : studio.sources.prepared.value ? (
        <BrowserStudio studio={studio} />
      ) : (
        <Preflight
          place={studio}
          title={words.introTitle}
          promise={words.introNothing}
          offers={['camera', 'screen', 'none']}
        />
      )}
    </Page>
  );
}
