import type { Member, Role } from '@weir/contract';
import { listMembers, removeMember, setMember } from '../api/members.js';
import { session } from '../api/session.js';
import { channelWords } from '../language/channel.js';
import { dateText } from '../language/format.js';
import { done, useAction } from '../page/action.js';
import { Avatar } from '../page/avatar.js';
import { ConfirmButton } from '../page/confirm-button.js';
import { Notice } from '../page/notice.js';
import { useRemote } from '../page/remote.js';
import { Skeleton } from '../page/skeleton.js';
import { InvitationPart } from './invitation-part.js';

/** The roles, mightiest first. */
export const ROLES: readonly Role[] = ['owner', 'moderator', 'guest', 'viewer'];

/** Who has a role in a channel, and the invitations to it. */
export function MembersTab({ channel }: { channel: string }) {
  const words = channelWords.value;
  const members = useRemote(() => listMembers(channel), [channel]);
  const action = useAction({ 409: words.members.lastOwner });
  const change = async (account: string, work: () => Promise<void>) => {
    const changed = await action.runInTurn(() => done(work()));
    if (changed && account === session.value?.account?.id) location.reload();
    members.reload();
  };
  const fault = action.fault ?? members.fault;
  return (
    <div class="stack">
      <p class="lead">{words.members.lead}</p>
      {fault !== undefined && <Notice tone="error">{fault}</Notice>}
      {members.value === undefined && members.fault === undefined && (
        <Skeleton kind="row" count={2} label={words.loading} />
      )}
      <ul class="table" data-testid="members">
        {members.value?.map((member) => (
          <MemberRow
            key={member.account}
            member={member}
            onRole={(role) => void change(member.account, () => setMember(channel, member.account, role))}
            onRemove={() => void change(member.account, () => removeMember(channel, member.account))}
          />
        ))}
      </ul>
      <dl class="roles">
        {ROLES.map((role) => (
          <div key={role}>
            <dt>{words.roles[role]}</dt>
            <dd>{words.members.whatRoles[role]}</dd>
          </div>
        ))}
      </dl>
      <InvitationPart channel={channel} />
    </div>
  );
}

interface MemberRowProps {
  member: Member;
  onRole: (role: Role) => void;
  onRemove: () => void;
}

function MemberRow({ member, onRole, onRemove }: MemberRowProps) {
  const words = channelWords.value;
  const own = member.account === session.value?.account?.id;
  return (
    <li class="table-row member-row" data-testid={`member-${member.name}`}>
      <Avatar name={member.name} />
      <div>
        <p class="table-name">
          {member.name} {own && <span class="badge">{words.members.you}</span>}
        </p>
        <p class="quiet numbers">{words.members.since(dateText(member.since))}</p>
      </div>
      <div class="line">
        <select
          class="input input-slim"
          aria-label={words.members.role(member.name)}
          value={member.role}
          onChange={(event) => {
            const role = ROLES.find((one) => one === event.currentTarget.value);
            if (role !== undefined) onRole(role);
          }}
        >
          {ROLES.map((role) => (
            <option key={role} value={role}>
              {words.roles[role]}
            </option>
          ))}
        </select>
        <ConfirmButton
          label={own ? words.members.leave : words.members.remove}
          name={own ? words.members.leave : words.members.removeOf(member.name)}
          question={words.members.removeQuestion(member.name)}
          text={words.members.removeText}
          yes={own ? words.members.leave : words.members.remove}
          no={words.keep}
          testId="remove-member"
          onConfirm={onRemove}
        />
      </div>
    </li>
  );
}
