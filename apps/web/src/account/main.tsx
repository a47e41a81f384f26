import { show } from '../page/page.js';
import { AccountPage } from './account-page.js';
import { InvitePage } from './invite-page.js';
import { codeOf } from './next-page.js';
import { SetupPage } from './setup-page.js';
import { SignInPage, SignUpPage } from './sign-in-page.js';
import '../style/account.css';
import '../style/dashboard.css';

const code = codeOf(location.hash);
// What stays in the address is seen over shoulders and kept in the history.
if (code !== undefined) history.replaceState(null, '', location.pathname + location.search);

function page() {
  switch (location.pathname) {
    case '/setup':
      return <SetupPage code={code} />;
    case '/invite':
      return <InvitePage code={code} />;
    case '/sign-up':
      return <SignUpPage />;
    case '/account':
      return <AccountPage />;
    default:
      return <SignInPage />;
  }
}

show(page());
