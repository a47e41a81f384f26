import { useEffect, useState } from 'preact/hooks';
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

const WAYS = ['browser', 'encoder'] as const;

type Way = (typeof WAYS)[number];

/** Where a broadcaster gets ready and is live, by this browser or by an encoder. */
export function StudioPage({ studio }: { studio: Studio }) {
  const words = studioWords.value;
  const [way, setWay] = useState<Way>(location.hash === '#encoder' ? 'encoder' : 'browser');
  const facts = studio.facts.value;
  const title = facts?.title ?? studio.channel;
  const onAir = studio.broadcast.onAir.value;
  useEffect(() => showAirSign(title || words.title, onAir), [title, words, onAir]);
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
    history.replaceState(null, '', chosen === 'encoder' ? '#encoder' : location.pathname);
  };
  return (
    <Page>
      <header class="studio-head">
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
      {way === 'encoder' ? (
        <EncoderPanel studio={studio} />
      ) : studio.sources.prepared.value ? (
        <BrowserStudio studio={studio} />
      ) : (
        <Preflight studio={studio} />
      )}
    </Page>
  );
}
