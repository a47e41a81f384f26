import { useEffect, useState } from 'preact/hooks';
import { playerWords } from '../language/player.js';
import { Icon } from '../page/icon.js';
import { PlayerView } from '../player/player-view.js';
import type { Visit } from '../watch/visit.js';
import type { EmbedOptions } from './embed-options.js';
import '../style/tokens.css';
import '../style/base.css';
import '../style/page.css';
import '../style/player.css';
import '../style/embed.css';

interface EmbedPageProps {
  visit: Visit;
  options: EmbedOptions;
  /** Begins to play; called once. */
  onStart: () => void;
}

/** The player alone, for other pages. */
export function EmbedPage({ visit, options, onStart }: EmbedPageProps) {
  const { player, channel } = visit;
  const [started, setStarted] = useState(options.autoplay);
  const title = visit.facts.channel.value?.title || channel;
  const words = playerWords.value;
  useEffect(() => {
    document.title = title;
  }, [title]);
  useEffect(() => {
    if (started) onStart();
  }, [started]);
  if (!started) {
    return (
      <>
        <h1 class="unseen">{title}</h1>
        <button
          type="button"
          class="embed-start"
          data-testid="start"
          aria-label={words.play}
          onClick={() => setStarted(true)}
        >
          <img class="embed-poster" src={`/hls/${encodeURIComponent(channel)}/poster.jpg`} alt="" onError={hide} />
          <span class="embed-play">
            <Icon name="play" />
          </span>
        </button>
      </>
    );
  }
  return (
    <>
      <h1 class="unseen">{title}</h1>
      <PlayerView
        player={player}
        label={words.video(title)}
        transport={player}
        stats={() => visit.stats()}
        bare={!options.controls}
      />
      <a class="embed-title" href={`/watch/${encodeURIComponent(channel)}`} target="_blank" rel="noopener">
        {title}
      </a>
    </>
  );
}

function hide({ currentTarget }: { currentTarget: EventTarget & HTMLImageElement }): void {
  currentTarget.hidden = true;
}
