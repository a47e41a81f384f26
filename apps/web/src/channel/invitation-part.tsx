import { useState } from 'preact/hooks';
import type { CreatedInvitation, Invitation } from '@weir/contract';
import { listInvitations, revokeInvitation } from '../api/members.js';
import { channelWords } from '../language/channel.js';
import { dateText } from '../language/format.js';
import { invitationWords } from '../language/invitation.js';
import { done, useAction } from '../page/action.js';
import { ConfirmButton } from '../page/confirm-button.js';
import { CopyField } from '../page/copy-field.js';
import { Notice } from '../page/notice.js';
import { useRemote } from '../page/remote.js';
import { SecretCard } from '../page/secret-card.js';
import { InvitationForm } from './invitation-form.js';

/** The invitations to a channel or, with null, to the server. */
export function InvitationPart({ channel }: { channel: string | null }) {
  const words = invitationWords.value;
  const invitations = useRemote(() => listInvitations(channel), [channel]);
  const action = useAction();
  const [made, setMade] = useState<CreatedInvitation>();
  const revoke = async (id: string) => {
    if (await action.runInTurn(() => done(revokeInvitation(channel, id)))) invitations.reload();
  };
  const open = invitations.value?.filter((one) => endOf(one) === undefined);
  const over = invitations.value?.filter((one) => endOf(one) !== undefined) ?? [];
  const fault = action.fault ?? invitations.fault;
  return (
    <section class="stack part" aria-label={channel === null ? undefined : words.title}>
      <div>
        {channel !== null && <h3>{words.title}</h3>}
        <p class="quiet">{channel === null ? words.serverLead : words.channelLead}</p>
      </div>
      {made !== undefined && (
        <SecretCard title={words.made} text={words.madeText} close={words.close} onClose={() => setMade(undefined)}>
          <CopyField
            label={words.link}
            value={`${location.origin}/invite#code=${made.code}`}
            testId="invitation-link"
          />
        </SecretCard>
      )}
      {fault !== undefined && <Notice tone="error">{fault}</Notice>}
      {open?.length === 0 && <p class="quiet">{words.none}</p>}
      <ul class="table" data-testid="invitations">
        {open?.map((one) => (
          <InvitationRow key={one.id} invitation={one} onRevoke={() => void revoke(one.id)} />
        ))}
      </ul>
      <InvitationForm
        channel={channel}
        onMade={(invitation) => {
          setMade(invitation);
          invitations.reload();
        }}
      />
      {over.length > 0 && (
        <details class="fold">
          <summary>{words.older(over.length)}</summary>
          <ul class="table">
            {over.map((one) => (
              <InvitationRow key={one.id} invitation={one} />
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function InvitationRow({ invitation, onRevoke }: { invitation: Invitation; onRevoke?: () => void }) {
  const words = invitationWords.value;
  const { note, role, uses, maxUses, expiresAt, channel } = invitation;
  const end = endOf(invitation);
  const name = note || words.anonymous;
  const facts = [
    words.taken(uses, maxUses),
    end !== undefined ? words.states[end] : expiresAt === null ? words.endless : words.until(dateText(expiresAt)),
  ];
  return (
    <li class="table-row">
      <div>
        <p class="table-name">
          {name} {channel !== null && <span class="badge badge-role">{channelWords.value.roles[role]}</span>}
        </p>
        <p class="quiet numbers">{facts.join(' · ')}</p>
      </div>
      {onRevoke !== undefined && (
        <ConfirmButton
          label={words.revoke}
          name={words.revokeOf(name)}
          question={words.revokeQuestion}
          text={words.revokeText}
          yes={words.revoke}
          no={words.keep}
          testId="revoke-invitation"
          onConfirm={onRevoke}
        />
      )}
    </li>
  );
}

function endOf({ revokedAt, uses, maxUses, expiresAt }: Invitation): 'revoked' | 'used' | 'late' | undefined {
  if (revokedAt !== null) return 'revoked';
  if (maxUses !== null && uses >= maxUses) return 'used';
  return expiresAt !== null && Date.parse(expiresAt) <= Date.now() ? 'late' : undefined;
}
