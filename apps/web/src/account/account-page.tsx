import { useEffect } from 'preact/hooks';
import { session } from '../api/session.js';
import { profileWords } from '../language/profile.js';
import { Avatar } from '../page/avatar.js';
import { Page } from '../page/page.js';
import { SignInGate } from '../page/sign-in-gate.js';
import { Tabs } from '../page/tabs.js';
import { PasswordForm } from './password-form.js';
import { SessionRows } from './session-rows.js';
import { TokenPart } from './token-part.js';

/** One's own account: the password, where it is signed in, and what programs may do with it. */
export function AccountPage() {
  const words = profileWords.value;
  useEffect(() => {
    document.title = `${words.title} · Weir`;
  }, [words]);
  const account = session.value?.account;
  return (
    <Page>
      <SignInGate title={words.signInFirst}>
        <div class="page-head">
          {account && <Avatar name={account.name} large />}
          <div>
            <h1>{account?.name}</h1>
            <p class="quiet">{account?.isAdmin ? words.admin : words.title}</p>
          </div>
        </div>
        <Tabs
          label={words.parts}
          tabs={[
            { name: 'password', label: words.password.title, show: () => <PasswordForm /> },
            { name: 'sessions', label: words.sessions.title, show: () => <SessionRows /> },
            {
              name: 'tokens',
              label: words.tokens.title,
              show: () => <TokenPart isAdmin={account?.isAdmin === true} />,
            },
          ]}
        />
      </SignInGate>
    </Page>
  );
}
