import type { Channel } from '@weir/contract';
import { homeWords } from '../language/home.js';
import { Avatar } from '../page/avatar.js';
import { LiveBadge } from '../page/live-badge.js';

/** Channels that the reader broadcasts to or manages, each with the way there. */
export function OwnChannels({ channels }: { channels: readonly Channel[] }) {
  const words = homeWords.value;
  return (
    <section class="stack" aria-labelledby="own-title">
      <h2 id="own-title">{words.yours}</h2>
      <ul class="own" data-testid="own-channels">
        {channels.map((channel) => (
          <OwnChannel key={channel.name} channel={channel} />
        ))}
      </ul>
    </section>
  );
}

function OwnChannel({ channel }: { channel: Channel }) {
  const words = homeWords.value;
  const title = channel.title === '' ? channel.name : channel.title;
  const name = encodeURIComponent(channel.name);
  return (
    <li class="own-channel">
      <Avatar name={title} url={channel.avatarUrl} />
      <div class="own-text">
        <a href={`/watch/${name}`}>{title}</a>
        <LiveBadge live={channel.live} />
      </div>
      <div class="line">
        {channel.role !== 'moderator' && (
          <a class="button button-slim" href={`/studio/${name}`} aria-label={words.openStudioOf(title)}>
            {words.openStudio}
          </a>
        )}
        {channel.role !== 'guest' && (
          <a class="button button-slim" href={`/channels/${name}`} aria-label={words.manageOf(title)}>
            {words.manage}
          </a>
        )}
      </div>
    </li>
  );
}

/** Followed channels that are not live. */
export function OfflineChannels({ channels }: { channels: readonly Channel[] }) {
  const words = homeWords.value;
  return (
    <section class="stack" aria-labelledby="offline-title">
      <div>
        <h2 id="offline-title">{words.offlineTitle}</h2>
        <p class="hint">{words.offlineText}</p>
      </div>
      <ul class="resting" data-testid="followed-offline">
        {channels.map(({ name, title, avatarUrl }) => (
          <li key={name}>
            <a class="resting-channel" href={`/watch/${encodeURIComponent(name)}`}>
              <Avatar name={title || name} url={avatarUrl} />
              <span>{title || name}</span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
