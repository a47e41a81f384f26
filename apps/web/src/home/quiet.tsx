import type { SessionView } from '@weir/contract';
import { homeWords } from '../language/home.js';
import { Empty } from '../page/empty.js';
import { Icon } from '../page/icon.js';

/** What can be done while nothing is live, by who reads it. */
export function Quiet({ visitor, channel }: { visitor: SessionView | undefined; channel: string | undefined }) {
  const words = homeWords.value;
  if (channel !== undefined) {
    return (
      <Empty title={words.goLive.title} text={words.goLive.text} testId="nothing-live">
        <a class="button button-main" href={`/studio/${encodeURIComponent(channel)}`}>
          <Icon name="broadcast" />
          {words.openStudio}
        </a>
        <RecordingsLink />
      </Empty>
    );
  }
  if (visitor?.account?.mayCreate) return <FirstChannel />;
  return (
    <Empty title={words.quiet.title} text={words.quiet.text} testId="nothing-live">
      <RecordingsLink />
    </Empty>
  );
}

function FirstChannel() {
  const words = homeWords.value.create;
  return (
    <Empty title={words.title} text={words.text} testId="nothing-live">
      <ol class="steps">
        {words.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <a class="button button-main" href="/channels#new" data-testid="first-channel">
        {words.button}
      </a>
    </Empty>
  );
}

/** The way to a first channel while others are live. */
export function OpenOne() {
  const words = homeWords.value.create;
  return (
    <section class="panel invite" aria-labelledby="open-title">
      <div class="stack">
        <h2 id="open-title">{words.title}</h2>
        <p>{words.steps.join(' → ')}</p>
      </div>
      <a class="button button-main" href="/channels#new" data-testid="first-channel">
        {words.button}
      </a>
    </section>
  );
}

function RecordingsLink() {
  return (
    <a class="button" href="/recordings">
      <Icon name="film" />
      {homeWords.value.quiet.recordings}
    </a>
  );
}

/** The way in for who has no account here. */
export function Invite({ visitor }: { visitor: SessionView }) {
  const words = homeWords.value.guest;
  const open = visitor.signUp === 'open';
  return (
    <section class="panel invite" aria-labelledby="invite-title">
      <div class="stack">
        <h2 id="invite-title">{words.title}</h2>
        <p>{open ? words.open : words.invitation}</p>
        <p class="hint">{words.operator}</p>
      </div>
      <div class="line">
        {open && (
          <a class="button button-main" href="/sign-up">
            {words.signUp}
          </a>
        )}
        <a class={open ? 'button' : 'button button-main'} href="/sign-in">
          {words.signIn}
        </a>
      </div>
    </section>
  );
}
