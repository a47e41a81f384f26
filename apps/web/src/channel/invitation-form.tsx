import { useState } from 'preact/hooks';
import type { CreatedInvitation, Role } from '@weir/contract';
import { createInvitation } from '../api/members.js';
import { channelWords } from '../language/channel.js';
import { invitationWords } from '../language/invitation.js';
import { useAction } from '../page/action.js';
import { Field, fieldsOf } from '../page/field.js';
import { Notice } from '../page/notice.js';
import { Select } from '../page/select.js';

const TIMES_SECONDS = { day: 86_400, week: 604_800, month: 2_592_000, ever: undefined } as const;
const MOST_USES = { one: 1, ten: 10, any: undefined } as const;

type InvitationTime = keyof typeof TIMES_SECONDS;
type InvitationUses = keyof typeof MOST_USES;

interface InvitationFormProps {
  channel: string | null;
  onMade: (invitation: CreatedInvitation) => void;
}

/** Makes an invitation with a role, an end and a number of uses. */
export function InvitationForm({ channel, onMade }: InvitationFormProps) {
  const words = invitationWords.value;
  const action = useAction();
  const [role, setRole] = useState<Role>('moderator');
  const [time, setTime] = useState<InvitationTime>('week');
  const [uses, setUses] = useState<InvitationUses>('one');
  const submit = async (event: SubmitEvent) => {
    const note = fieldsOf(event)('note');
    const form = event.currentTarget as HTMLFormElement;
    const [expiresInSeconds, maxUses] = [TIMES_SECONDS[time], MOST_USES[uses]];
    const made = await action.run(() =>
      createInvitation(channel, {
        ...(channel !== null && { role }),
        ...(note !== '' && { note }),
        ...(expiresInSeconds !== undefined && { expiresInSeconds }),
        ...(maxUses !== undefined && { maxUses }),
      }),
    );
    if (made === undefined) return;
    form.reset();
    onMade(made);
  };
  return (
    <form class="panel" onSubmit={(event) => void submit(event)}>
      <div class="trio">
        {channel !== null && (
          <Select
            label={words.role}
            value={role}
            options={channelWords.value.roles}
            onChange={setRole}
            testId="invitation-role"
          />
        )}
        <Select label={words.valid} value={time} options={words.times} onChange={setTime} testId="invitation-time" />
        <Select
          label={words.uses}
          value={uses}
          options={words.useChoices}
          onChange={setUses}
          testId="invitation-uses"
        />
      </div>
      <Field label={words.note} name="note" maxLength={200} autocomplete="off" hint={words.noteHint} />
      {action.fault !== undefined && <Notice tone="error">{action.fault}</Notice>}
      <button type="submit" class="button button-main" aria-busy={action.busy} data-testid="create-invitation">
        {words.create}
      </button>
    </form>
  );
}
