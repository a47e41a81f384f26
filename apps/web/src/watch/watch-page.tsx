import { useEffect } from 'preact/hooks';
import type { Channel } from '@weir/contract';
import { ReactionsOverlay } from '../chat/reactions-overlay.js';
import { WithChat } from '../chat/with-chat.js';
import { clockTime } from '../language/format.js';
import { pageWords } from '../language/page.js';
import { playerWords } from '../language/player.js';
import { watchWords } from '../language/watch.js';
import { Avatar } from '../page/avatar.js';
import { useClock } from '../page/clock.js';
import { Icon } from '../page/icon.js';
import { Page } from '../page/page.js';
import { PlayerView } from '../player/player-view.js';
import { FollowButton } from './follow-button.js';
import { LastRecordings } from './last-recordings.js';
import { OfflineCard } from './offline-card.js';
import { ShareButton } from './share-button.js';
import type { Visit } from './visit.js';
import '../style/player.css';
import '../style/watch.css';

/** One channel, playing, with its chat. */
export function WatchPage({ visit }: { visit: Visit }) {
  const { player, channel, room } = visit;
  const facts = visit.facts.channel.value;
  const title = facts?.title ? facts.title : channel;
  const state = player.state.value;
  const away = state === 'offline' || state === 'ended';
  const avatarUrl = facts?.avatarUrl;
  useEffect(() => {
    document.title = `${title} · Weir`;
    if (!('mediaSession' in navigator)) return;
    const artwork = avatarUrl ? [{ src: avatarUrl }] : [];
    navigator.mediaSession.metadata = new MediaMetadata({ title, artist: channel, artwork });
  }, [title, channel, avatarUrl]);
  return (
    <Page>
      <WithChat
        room={state === 'refused' ? undefined : room}
        picture={
          <PlayerView
            player={player}
            label={playerWords.value.video(title)}
            transport={player}
            stats={() => visit.stats()}
            over={room && <ReactionsOverlay room={room} />}
            offline={facts && <OfflineCard channel={facts} />}
          />
        }
      >
        <Facts visit={visit} facts={facts} title={title} />
        {away && facts !== undefined && <LastRecordings channel={channel} />}
      </WithChat>
    </Page>
  );
}

function Facts({ visit, facts, title }: { visit: Visit; facts: Channel | undefined; title: string }) {
  const words = watchWords.value;
  const { channel, player, room } = visit;
  const live = ['connected', 'stalled', 'reconnecting'].includes(player.state.value);
  const viewers = room?.phase.value === 'joined' ? room.viewers.value : facts?.viewers;
  return (
    <section class="watch-facts">
      <Avatar name={title} url={facts?.avatarUrl} />
      <div class="watch-words">
        <h1 data-testid="title">{title}</h1>
        <p class="watch-line">
          {title !== channel && <span class="quiet">{channel}</span>}
          {facts !== undefined && facts.visibility !== 'public' && (
            <span class="watch-fact">
              <Icon name={facts.visibility === 'private' ? 'lock' : 'eye'} />
              {facts.visibility === 'private' ? words.private : words.unlisted}
            </span>
          )}
          {live && viewers !== undefined && (
            <span class="watch-fact" data-testid="viewers">
              <Icon name="people" />
              {pageWords.value.viewers(viewers)}
            </span>
          )}
          {live && facts?.since && <Age since={facts.since} />}
          {facts !== undefined && <span class="watch-fact">{words.followers(facts.followers)}</span>}
        </p>
      </div>
      <p class="watch-actions">
        {facts !== undefined && <FollowButton channel={facts} onChange={() => void visit.facts.refresh()} />}
        <ShareButton channel={channel} title={title} isPrivate={facts?.visibility === 'private'} />
        <a class="button" href={`/recordings?channel=${encodeURIComponent(channel)}`} data-testid="recordings-link">
          <Icon name="film" />
          {words.recordings}
        </a>
        {facts?.role === 'owner' && (
          <a class="button" href={`/channels/${encodeURIComponent(channel)}`}>
            <Icon name="sliders" />
            {words.manage}
          </a>
        )}
      </p>
      {facts?.description && <p class="watch-description">{facts.description}</p>}
    </section>
  );
}

function Age({ since }: { since: string }) {
  const nowMs = useClock();
  return (
    <span class="watch-fact" data-testid="live-for">
      {watchWords.value.liveFor(clockTime(nowMs - Date.parse(since)))}
    </span>
  );
}
