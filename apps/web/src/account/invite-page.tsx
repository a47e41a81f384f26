import { useState } from 'preact/hooks';
import type { InvitationOffer } from '@weir/contract';
import { acceptInvitation, lookAtInvitation } from '../api/account.js';
import { session } from '../api/session.js';
import { accountWords } from '../language/account.js';
import { done, useAction } from '../page/action.js';
import { Notice } from '../page/notice.js';
import { useRemote } from '../page/remote.js';
import { Skeleton } from '../page/skeleton.js';
import { SignInForm, SignUpForm } from './account-form.js';
import { Entry } from './entry.js';

/** Shows what an invitation offers, and lets it be taken with a new account or one that is there. */
export function InvitePage({ code }: { code: string | undefined }) {
  const words = accountWords.value.invite;
  const [gone, setGone] = useState(false);
  const offer = useRemote(() => lookAtInvitation(code ?? ''), [code], {
    403: words.gone,
    404: words.gone,
    410: words.gone,
  });
  if (code === undefined || gone || offer.fault !== undefined) {
    return (
      <Entry title={words.goneTitle} text={offer.fault ?? words.gone}>
        <p>
          <a class="button" href="/">
            {accountWords.value.toHome}
          </a>
        </p>
      </Entry>
    );
  }
  const { value } = offer;
  if (value === undefined) {
    return (
      <Entry title={words.loading}>
        <Skeleton kind="row" count={2} label={words.loading} />
      </Entry>
    );
  }
  return (
    <Entry
      title={value.channel === null ? words.server : words.channel(value.title || value.channel)}
      text={textOf(value)}
    >
      {session.value?.account ? (
        <AcceptForm code={code} offer={value} name={session.value.account.name} />
      ) : (
        <EnterForm code={code} offer={value} onRefused={() => setGone(true)} />
      )}
    </Entry>
  );
}

interface InviteProps {
  code: string;
  offer: InvitationOffer;
  onRefused: () => void;
}

function AcceptForm({ code, offer, name }: Omit<InviteProps, 'onRefused'> & { name: string }) {
  const words = accountWords.value.invite;
  const action = useAction();
  const accept = async () => {
    if (await action.run(() => done(acceptInvitation(code)))) location.assign(placeOf(offer));
  };
  return (
    <div class="stack">
      <p class="quiet">{words.as(name)}</p>
      {action.fault !== undefined && <Notice tone="error">{action.fault}</Notice>}
      <p class="line">
        <button
          type="button"
          class="button button-main"
          aria-busy={action.busy}
          data-testid="accept"
          onClick={() => void accept()}
        >
          {words.accept}
        </button>
        <a class="button" href="/">
          {words.decline}
        </a>
      </p>
    </div>
  );
}

function EnterForm({ code, offer, onRefused }: InviteProps) {
  const words = accountWords.value;
  const [fresh, setFresh] = useState(true);
  return (
    <div class="stack">
      <fieldset class="choice">
        <div class="choice-row">
          <label>
            <input type="radio" name="way" checked={fresh} onChange={() => setFresh(true)} />
            <span>{words.invite.withNew}</span>
          </label>
          <label>
            <input type="radio" name="way" checked={!fresh} onChange={() => setFresh(false)} />
            <span>{words.invite.withOld}</span>
          </label>
        </div>
      </fieldset>
      {fresh ? (
        <SignUpForm
          button={words.signUp.button}
          code={{ invitation: code }}
          onRefused={onRefused}
          onDone={() => location.assign(placeOf(offer))}
        />
      ) : (
        <SignInForm onDone={() => undefined} />
      )}
    </div>
  );
}

function textOf({ channel, role, invitedBy }: InvitationOffer): string {
  const words = accountWords.value.invite;
  const what = channel === null ? words.serverText : words.roles[role];
  return invitedBy === null ? what : `${words.by(invitedBy)} ${what}`;
}

function placeOf({ channel, role }: InvitationOffer): string {
  if (channel === null) return '/channels#new';
  const name = encodeURIComponent(channel);
  return role === 'owner' || role === 'moderator' ? `/channels/${name}` : `/watch/${name}`;
}
