import { useState } from 'preact/hooks';
import type { Channel } from '@weir/contract';
import { clockTime } from '../language/format.js';
import { homeWords } from '../language/home.js';
import { pageWords } from '../language/page.js';
import { Avatar } from '../page/avatar.js';
import { Flow } from '../page/flow.js';
import { Icon } from '../page/icon.js';
import { LiveBadge } from '../page/live-badge.js';

const RENEW_MS = 10_000;
const ASK_AGAIN_MS = 60_000;

/** A live channel that can be clicked to watch it; the `first` of a page is shown large. */
export function ChannelCard({ channel, nowMs, first }: { channel: Channel; nowMs: number; first: boolean }) {
  const words = homeWords.value;
  const title = channel.title === '' ? channel.name : channel.title;
  return (
    <li class={first ? 'first' : undefined}>
      <a class="card" href={`/watch/${encodeURIComponent(channel.name)}`} data-testid={`channel-${channel.name}`}>
        <Flow name={channel.name}>
          {channel.live && channel.hls && <LivePoster channel={channel.name} nowMs={nowMs} />}
          <LiveBadge live={channel.live} />
          {channel.since !== null && <span class="card-length">{clockTime(nowMs - Date.parse(channel.since))}</span>}
          <span class="card-play">
            <Icon name="play" />
          </span>
        </Flow>
        <span class="card-who">
          <Avatar name={title} url={channel.avatarUrl} />
          <span class="card-text">
            <span class="card-title">{title}</span>
            <span class="card-facts">
              {title !== channel.name && <span>{channel.name}</span>}
              <span class="card-fact">
                <Icon name="people" />
                {pageWords.value.viewers(channel.viewers)}
              </span>
              {channel.video?.height !== undefined && <span>{channel.video.height}p</span>}
              {channel.following && (
                <span class="card-fact">
                  <Icon name="star" />
                  {words.following}
                </span>
              )}
            </span>
            {first && channel.description !== '' && <span class="card-about">{channel.description}</span>}
          </span>
        </span>
      </a>
    </li>
  );
}

/** A picture of the last seconds, where the channel has one. */
function LivePoster({ channel, nowMs }: { channel: string; nowMs: number }) {
  const [failedMs, setFailedMs] = useState(-Infinity);
  if (nowMs - failedMs < ASK_AGAIN_MS) return null;
  const src = `/hls/${encodeURIComponent(channel)}/poster.jpg?at=${Math.floor(nowMs / RENEW_MS)}`;
  return <img class="card-image" src={src} alt="" onError={() => setFailedMs(nowMs)} />;
}
