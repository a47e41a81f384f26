import type { Channel } from '@weir/contract';
import { session } from '../api/session.js';
import { homeWords } from '../language/home.js';
import { useClock } from '../page/clock.js';
import { Notice } from '../page/notice.js';
import { Page } from '../page/page.js';
import { Skeleton } from '../page/skeleton.js';
import { ChannelCard } from './channel-card.js';
import { useHomeChannels } from './live-channels.js';
import { OfflineChannels, OwnChannels } from './own-channels.js';
import { Invite, OpenOne, Quiet } from './quiet.js';
import '../style/home.css';

/** What is live, what the reader follows and owns, and the way to broadcast. */
export function HomePage() {
  const words = homeWords.value;
  const nowMs = useClock();
  const visitor = session.value;
  const { live, followed, mine, unreachable } = useHomeChannels(visitor?.account !== null && visitor !== undefined);
  const resting = followed?.filter((channel) => !channel.live) ?? [];
  return (
    <Page>
      <div class="home-head">
        <h1>{words.title}</h1>
        {live !== undefined && live.length > 0 && (
          <p class="quiet">
            {words.count(live.length)}. {words.lead}
          </p>
        )}
      </div>
      {unreachable && <Notice tone="error">{words.unreachable}</Notice>}
      <section aria-label={words.title} aria-busy={live === undefined}>
        {live === undefined && !unreachable && <Skeleton kind="card" count={3} label={words.loading} />}
        {live?.length === 0 && <Quiet visitor={visitor} channel={mine?.find(({ role }) => role === 'owner')?.name} />}
        {live !== undefined && live.length > 0 && (
          <ul class="cards cards-live" data-testid="live-channels">
            {arranged(live).map((channel, place) => (
              <ChannelCard key={channel.name} channel={channel} nowMs={nowMs} first={place === 0} />
            ))}
          </ul>
        )}
      </section>
      {resting.length > 0 && <OfflineChannels channels={resting} />}
      {mine !== undefined && mine.length > 0 && <OwnChannels channels={mine} />}
      {visitor?.account?.mayCreate && mine?.length === 0 && live !== undefined && live.length > 0 && <OpenOne />}
      {visitor?.account === null && <Invite visitor={visitor} />}
    </Page>
  );
}

/** Followed channels first, then those that most people watch. */
function arranged(channels: readonly Channel[]): Channel[] {
  return channels.toSorted(
    (one, other) =>
      Number(other.following) - Number(one.following) ||
      other.viewers - one.viewers ||
      one.name.localeCompare(other.name),
  );
}
