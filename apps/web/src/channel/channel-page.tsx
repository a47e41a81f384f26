import { useEffect } from 'preact/hooks';
import type { Channel } from '@weir/contract';
import { getChannel } from '../api/channels.js';
import { channelWords } from '../language/channel.js';
import { Avatar } from '../page/avatar.js';
import { Empty } from '../page/empty.js';
import { Icon } from '../page/icon.js';
import { LiveBadge } from '../page/live-badge.js';
import { Page } from '../page/page.js';
import { useRemote } from '../page/remote.js';
import { SignInGate } from '../page/sign-in-gate.js';
import { Skeleton } from '../page/skeleton.js';
import { Tabs } from '../page/tabs.js';
import type { Tab } from '../page/tabs.js';
import { ChatTab } from './chat-tab.js';
import { DetailsTab } from './details-tab.js';
import { KeysTab } from './keys-tab.js';
import { MembersTab } from './members-tab.js';
import { ModerationTab } from './moderation-tab.js';
import { RecordingTab } from './recording-tab.js';

/** Everything that the owners of a channel decide, and what its moderators do. */
export function ChannelPage({ name }: { name: string }) {
  const words = channelWords.value;
  return (
    <Page>
      <SignInGate title={words.signInFirst}>
        <Dashboard name={name} />
      </SignInGate>
    </Page>
  );
}

function Dashboard({ name }: { name: string }) {
  const words = channelWords.value;
  const { value: channel, fault, set } = useRemote(() => getChannel(name), [name], { 404: words.missingText });
  const title = channel === undefined ? name : channel.title || name;
  useEffect(() => {
    document.title = `${title} · Weir`;
  }, [title]);
  if (fault !== undefined) {
    return (
      <Empty title={words.missingTitle} text={fault} testId="no-channel" level="h1">
        <BackLink />
      </Empty>
    );
  }
  if (channel === undefined) return <Skeleton kind="row" count={4} label={words.loading} />;
  const manages = channel.role === 'owner' || channel.role === 'moderator';
  return (
    <>
      <Head channel={channel} />
      {manages ? (
        <Tabs label={words.parts} tabs={tabsOf(channel, (changed) => set(() => changed))} />
      ) : (
        <Empty title={words.nothingTitle} text={words.nothingText}>
          <BackLink />
        </Empty>
      )}
    </>
  );
}

function BackLink() {
  return (
    <a class="button" href="/channels">
      {channelWords.value.all}
    </a>
  );
}

function Head({ channel }: { channel: Channel }) {
  const words = channelWords.value;
  const title = channel.title || channel.name;
  const name = encodeURIComponent(channel.name);
  return (
    <div class="page-head">
      <Avatar name={title} url={channel.avatarUrl} large />
      <div>
        <h1>{title}</h1>
        <p class="line quiet">
          <span>{channel.name}</span>
          <LiveBadge live={channel.live} />
          <span class="badge">{words.visibility.modes[channel.visibility]}</span>
          {channel.role !== null && <span class="badge badge-role">{words.roles[channel.role]}</span>}
        </p>
      </div>
      <p class="line">
        <a class="button" href={`/watch/${name}`}>
          <Icon name="eye" />
          {words.watch}
        </a>
        {channel.role === 'owner' && (
          <a class="button button-main" href={`/studio/${name}`}>
            <Icon name="broadcast" />
            {words.studio}
          </a>
        )}
      </p>
    </div>
  );
}

function tabsOf(channel: Channel, onChange: (channel: Channel) => void): Tab[] {
  const words = channelWords.value;
  const moderation: Tab[] = [
    { name: 'moderation', label: words.moderation.tab, show: () => <ModerationTab channel={channel.name} /> },
    { name: 'chat', label: words.chat.tab, show: () => <ChatTab channel={channel.name} /> },
  ];
  if (channel.role !== 'owner') return moderation;
  return [
    { name: 'details', label: words.details.tab, show: () => <DetailsTab channel={channel} onChange={onChange} /> },
    { name: 'keys', label: words.keys.tab, show: () => <KeysTab channel={channel.name} /> },
    { name: 'members', label: words.members.tab, show: () => <MembersTab channel={channel.name} /> },
    ...moderation,
    {
      name: 'recording',
      label: words.recording.tab,
      show: () => <RecordingTab channel={channel} onChange={onChange} />,
    },
  ];
}
