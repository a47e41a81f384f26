import { useEffect } from 'preact/hooks';
import type { Channel } from '@weir/contract';
import { listChannels } from '../api/channels.js';
import { session } from '../api/session.js';
import { channelWords } from '../language/channel.js';
import { Avatar } from '../page/avatar.js';
import { Empty } from '../page/empty.js';
import { LiveBadge } from '../page/live-badge.js';
import { Notice } from '../page/notice.js';
import { Page } from '../page/page.js';
import { useRemote } from '../page/remote.js';
import { SignInGate } from '../page/sign-in-gate.js';
import { Skeleton } from '../page/skeleton.js';
import { NewChannelForm } from './new-channel-form.js';

/** The channels in which one has a role, and the way to make another. */
export function ChannelsPage() {
  const words = channelWords.value;
  useEffect(() => {
    document.title = `${words.title} · Weir`;
  }, [words]);
  return (
    <Page>
      <SignInGate title={words.signInFirst}>
        <section class="hero">
          <h1>{words.title}</h1>
          <p class="lead">{words.lead}</p>
        </section>
        <Channels />
        {session.value?.account?.mayCreate && <NewChannelForm />}
      </SignInGate>
    </Page>
  );
}

function Channels() {
  const words = channelWords.value;
  const { value, fault } = useRemote(() => listChannels('mine'), []);
  if (fault !== undefined) return <Notice tone="error">{fault}</Notice>;
  if (value === undefined) return <Skeleton kind="row" count={3} label={words.loading} />;
  if (value.length === 0) {
    const mayCreate = session.value?.account?.mayCreate;
    return <Empty title={words.emptyTitle} text={mayCreate ? words.emptyText : words.emptyMember} />;
  }
  return (
    <ul class="rows" data-testid="channels">
      {value.map((channel) => (
        <ChannelRow key={channel.name} channel={channel} />
      ))}
    </ul>
  );
}

function ChannelRow({ channel }: { channel: Channel }) {
  const words = channelWords.value;
  const title = channel.title || channel.name;
  const name = encodeURIComponent(channel.name);
  const { role } = channel;
  return (
    <li class="panel channel-row" data-testid={`row-${channel.name}`}>
      <Avatar name={title} url={channel.avatarUrl} />
      <div>
        <h2>{title}</h2>
        <p class="line quiet">
          {title !== channel.name && <span>{channel.name}</span>}
          <LiveBadge live={channel.live} />
          {role !== null && <span class="badge badge-role">{words.roles[role]}</span>}
          {channel.visibility !== 'public' && <span class="badge">{words.visibility.modes[channel.visibility]}</span>}
        </p>
      </div>
      <p class="line">
        <a class="button button-slim" href={`/watch/${name}`}>
          {words.watch}
        </a>
        {role === 'owner' && (
          <a class="button button-slim" href={`/studio/${name}`}>
            {words.studio}
          </a>
        )}
        {(role === 'owner' || role === 'moderator') && (
          <a
            class="button button-slim button-main"
            href={`/channels/${name}`}
            aria-label={words.manageOf(title)}
            data-testid="manage"
          >
            {words.manage}
          </a>
        )}
      </p>
    </li>
  );
}
