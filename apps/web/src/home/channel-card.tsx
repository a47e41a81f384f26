import type { Channel } from '@weir/contract';
import { clockTime, text } from '../language/language.js';
import { Icon } from '../page/icon.js';
import { LiveBadge } from '../page/live-badge.js';

/** A live channel that can be clicked to watch it. */
export function ChannelCard({ channel, nowMs }: { channel: Channel; nowMs: number }) {
  const words = text.value;
  const title = channel.title === '' ? channel.name : channel.title;
  return (
    <li>
      <a
        class="card"
        href={`/watch/${encodeURIComponent(channel.name)}`}
        aria-label={words.home.watch(title)}
        data-testid={`channel-${channel.name}`}
      >
        <span class="card-poster" style={{ '--hue': String(hueOf(channel.name)) }}>
          <svg class="card-flow" viewBox="0 0 320 180" preserveAspectRatio="none" aria-hidden="true">
            <path d="M0 52h110c60 0 40 76 100 76h110V180H0z" />
            <path d="M0 84h80c60 0 40 60 100 60h140v36H0z" />
            <path d="M0 118h50c60 0 40 40 100 40h170v22H0z" />
          </svg>
          <LiveBadge live={channel.live} />
          <span class="card-play">
            <Icon name="play" />
          </span>
        </span>
        <span class="card-title">{title}</span>
        <span class="card-facts">
          <span class="card-fact">
            <Icon name="people" />
            {words.viewers(channel.viewers)}
          </span>
          {channel.since !== null && <span>{words.home.started(clockTime(nowMs - Date.parse(channel.since)))}</span>}
          {channel.video?.height !== undefined && <span>{channel.video.height}p</span>}
        </span>
      </a>
    </li>
  );
}

function hueOf(name: string): number {
  let hash = 0;
  for (const letter of name) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 360;
  return 150 + (hash % 140);
}
