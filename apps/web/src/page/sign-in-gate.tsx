import type { ComponentChildren } from 'preact';
import { session } from '../api/session.js';
import { pageWords } from '../language/page.js';
import { Empty } from './empty.js';
import { signInPath } from './menu.js';

/** Shows its content to who is signed in, and to others the way to do so. */
export function SignInGate({ title, children }: { title: string; children: ComponentChildren }) {
  const visitor = session.value;
  if (visitor === undefined) return null;
  if (visitor.account !== null) return <>{children}</>;
  return (
    <Empty title={title} level="h1" testId="sign-in-first">
      <a class="button button-main" href={signInPath()}>
        {pageWords.value.menu.signIn}
      </a>
    </Empty>
  );
}
