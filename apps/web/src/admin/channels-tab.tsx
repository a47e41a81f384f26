import { listChannels } from '../api/channels.js';
import { adminWords } from '../language/admin.js';
import { channelWords } from '../language/channel.js';
import { Avatar } from '../page/avatar.js';
import { Empty } from '../page/empty.js';
import { LiveBadge } from '../page/live-badge.js';
import { Notice } from '../page/notice.js';
import { useRemote } from '../page/remote.js';
import { Skeleton } from '../page/skeleton.js';

/** Every channel on the server. */
export function ChannelsTab() {
  const words = adminWords.value;
  const channels = useRemote(() => listChannels('all'), []);
  return (
    <div class="stack">
      <p class="lead">{words.channels.lead}</p>
      {channels.fault !== undefined && <Notice tone="error">{channels.fault}</Notice>}
      {channels.value === undefined && channels.fault === undefined && (
        <Skeleton kind="row" count={3} label={words.loading} />
      )}
      {channels.value?.length === 0 && (
        <Empty title={words.channels.empty} text={words.channels.emptyText} level="h3" />
      )}
      <ul class="table" data-testid="channels">
        {channels.value?.map(({ name, title, avatarUrl, live, visibility }) => (
          <li key={name} class="table-row member-row" data-testid={`row-${name}`}>
            <Avatar name={title || name} url={avatarUrl} />
            <div>
              <p class="table-name">
                <a href={`/watch/${encodeURIComponent(name)}`}>{title || name}</a>
              </p>
              <p class="line quiet">
                <span>{name}</span>
                <LiveBadge live={live} />
                {visibility !== 'public' && (
                  <span class="badge">{channelWords.value.visibility.modes[visibility]}</span>
                )}
              </p>
            </div>
            <a
              class="button button-slim"
              href={`/channels/${encodeURIComponent(name)}`}
              aria-label={words.channels.manageOf(title || name)}
            >
              {words.channels.manage}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
