import { useEffect } from 'preact/hooks';
import { session } from '../api/session.js';
import { getStatus } from '../api/status.js';
import { AuditRows } from '../channel/audit-rows.js';
import { FfmpegNotice } from '../channel/ffmpeg-notice.js';
import { InvitationPart } from '../channel/invitation-part.js';
import { adminWords } from '../language/admin.js';
import { Empty } from '../page/empty.js';
import { Page } from '../page/page.js';
import { useRemote } from '../page/remote.js';
import { SignInGate } from '../page/sign-in-gate.js';
import { Tabs } from '../page/tabs.js';
import { AccountsTab } from './accounts-tab.js';
import { ChannelsTab } from './channels-tab.js';

/** The whole server, for its administrators: channels, accounts, invitations, and what was done. */
export function AdminPage() {
  const words = adminWords.value;
  useEffect(() => {
    document.title = `${words.title} · Weir`;
  }, [words]);
  return (
    <Page>
      <SignInGate title={words.signInFirst}>
        {session.value?.account?.isAdmin ? (
          <Administration />
        ) : (
          <Empty title={words.forbiddenTitle} text={words.forbiddenText} testId="no-admin" level="h1" />
        )}
      </SignInGate>
    </Page>
  );
}

function Administration() {
  const words = adminWords.value;
  const { value: status } = useRemote(getStatus, []);
  const facts = status && [
    words.version(status.version),
    ...(status.ffmpeg.version === undefined ? [] : [words.ffmpeg(status.ffmpeg.version)]),
  ];
  return (
    <>
      <div class="page-head">
        <div>
          <h1>{words.title}</h1>
          <p class="quiet">{facts?.join(' · ')}</p>
        </div>
      </div>
      <FfmpegNotice />
      <Tabs
        label={words.parts}
        tabs={[
          { name: 'channels', label: words.channels.tab, show: () => <ChannelsTab /> },
          { name: 'accounts', label: words.accounts.tab, show: () => <AccountsTab /> },
          { name: 'invitations', label: words.invitations.tab, show: () => <InvitationPart channel={null} /> },
          {
            name: 'log',
            label: words.log.tab,
            show: () => (
              <div class="stack">
                <p class="lead">{words.log.lead}</p>
                <AuditRows channel={null} />
              </div>
            ),
          },
        ]}
      />
    </>
  );
}
