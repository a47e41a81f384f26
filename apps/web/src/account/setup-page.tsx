import { useState } from 'preact/hooks';
import { accountWords } from '../language/account.js';
import { SignUpForm } from './account-form.js';
import { Entry } from './entry.js';

/** Makes the first account of a server, by the link that it printed. */
export function SetupPage({ code }: { code: string | undefined }) {
  const words = accountWords.value;
  const [used, setUsed] = useState(false);
  if (code === undefined || used) {
    const told = used ? { title: words.setup.usedTitle, text: words.setup.used } : undefined;
    return (
      <Entry title={told?.title ?? words.setup.noCodeTitle} text={told?.text ?? words.setup.noCode}>
        <p class="line">
          <a class="button" href="/sign-in">
            {words.signIn.button}
          </a>
        </p>
      </Entry>
    );
  }
  return (
    <Entry title={words.setup.title} text={words.setup.text}>
      <SignUpForm
        button={words.setup.button}
        code={{ setup: code }}
        onRefused={() => setUsed(true)}
        onDone={() => location.assign('/channels#new')}
      />
    </Entry>
  );
}
