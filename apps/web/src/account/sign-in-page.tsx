import { session } from '../api/session.js';
import { accountWords } from '../language/account.js';
import { SignInForm, SignUpForm } from './account-form.js';
import { Entry } from './entry.js';
import { nextPage } from './next-page.js';

/** Lets somebody in who has an account. */
export function SignInPage() {
  const words = accountWords.value;
  const open = session.value?.signUp === 'open';
  return (
    <Entry title={words.signIn.title} text={words.signIn.text}>
      <SignInForm onDone={goOn} />
      <div class="entry-foot">
        {open && (
          <p>
            {words.signIn.noAccount} <a href={`/sign-up${location.search}`}>{words.signIn.signUp}</a>
          </p>
        )}
        {session.value?.signUp === 'invitation' && <p>{words.signIn.byInvitation}</p>}
        <p>{words.signIn.forgotten}</p>
      </div>
    </Entry>
  );
}

/** Makes an account where anybody may. */
export function SignUpPage() {
  const words = accountWords.value;
  if (session.value?.signUp === 'invitation') {
    return (
      <Entry title={words.signUp.closedTitle} text={words.signUp.closedText}>
        <p class="line">
          <a class="button" href="/sign-in">
            {words.signIn.button}
          </a>
          <a class="button" href="/">
            {words.toHome}
          </a>
        </p>
      </Entry>
    );
  }
  return (
    <Entry title={words.signUp.title} text={words.signUp.text}>
      <SignUpForm button={words.signUp.button} onDone={goOn} />
      <div class="entry-foot">
        <p>
          {words.signUp.haveOne} <a href={`/sign-in${location.search}`}>{words.signIn.button}</a>
        </p>
      </div>
    </Entry>
  );
}

function goOn(): void {
  location.assign(nextPage(location.href, '/'));
}
