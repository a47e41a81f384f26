import { deviceWords } from '../language/device.js';
import { Icon } from '../page/icon.js';
import type { DeviceNews } from './device-news.js';
import type { Sources } from './sources.js';

/** Tells that a device came or went, and offers a new one; nothing is switched to that nobody chose. */
export function DeviceNewsList({ sources }: { sources: Sources }) {
  const words = deviceWords.value.news;
  return (
    <div class="news" role="status" data-testid="device-news">
      {sources.news.value.map((news) => (
        <div key={keyOf(news)} class="news-item">
          <p>{textOf(news)}</p>
          {news.kind === 'offer' && (
            <button
              type="button"
              class="button button-slim"
              data-testid="use-device"
              onClick={() =>
                void (news.source === 'camera'
                  ? sources.chooseCamera(news.device)
                  : sources.chooseMicrophone(news.device))
              }
            >
              {words.useIt}
            </button>
          )}
          <button type="button" class="quick-button" aria-label={words.dismiss} onClick={() => sources.dismiss(news)}>
            <Icon name="cross" />
          </button>
        </div>
      ))}
    </div>
  );
}

function textOf(news: DeviceNews): string {
  const words = deviceWords.value.news;
  switch (news.kind) {
    case 'lost':
      return words.lost[news.source];
    case 'offer':
      return words.offer(news.device.label);
    case 'screen-ended':
      return words.screenEnded;
    default:
      return words[news.kind](news.label);
  }
}

function keyOf(news: DeviceNews): string {
  return news.kind === 'screen-ended' ? news.kind : `${news.kind} ${news.source}`;
}
