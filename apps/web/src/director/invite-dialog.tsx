import { useEffect, useRef, useState } from 'preact/hooks';
import type { Signal } from '@preact/signals';
import type { Invitation } from '@weir/contract';
import { createInvitation, listInvitations, revokeInvitation } from '../api/members.js';
import { directorWords } from '../language/director.js';
import { dateText } from '../language/format.js';
import { invitationWords } from '../language/invitation.js';
import { pageWords } from '../language/page.js';
import { done, useAction } from '../page/action.js';
import { CopyField } from '../page/copy-field.js';
import { Field, fieldsOf } from '../page/field.js';
import { Notice } from '../page/notice.js';
import { useRemote } from '../page/remote.js';
import { Select } from '../page/select.js';

const TIMES_SECONDS = { day: 86_400, week: 604_800, month: 2_592_000, ever: undefined } as const;
const MOST_USES = { one: 1, ten: 10, any: undefined } as const;

/** Makes links by which guests come to the stage, and ends them. */
export function InviteDialog({
  channel,
  mayInvite,
  open,
}: {
  channel: string;
  mayInvite: boolean;
  open: Signal<boolean>;
}) {
  const words = directorWords.value;
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (open.value) dialog.current?.showModal();
  }, [open.value]);
  return (
    <dialog
      ref={dialog}
      class="dialog invite-dialog"
      aria-labelledby="invite-title"
      data-testid="invite-dialog"
      onClose={(event) => event.target === event.currentTarget && (open.value = false)}
    >
      <h2 id="invite-title">{words.inviteTitle}</h2>
      <p class="quiet">{mayInvite ? words.inviteLead : words.ownersInvite}</p>
      {open.value && mayInvite && <Links channel={channel} />}
      <form method="dialog" class="dialog-actions">
        <button class="button">{pageWords.value.close}</button>
      </form>
    </dialog>
  );
}

function Links({ channel }: { channel: string }) {
  const words = { ...invitationWords.value, ...directorWords.value };
  const [link, setLink] = useState<string>();
  const [time, setTime] = useState<keyof typeof TIMES_SECONDS>('day');
  const [uses, setUses] = useState<keyof typeof MOST_USES>('ten');
  const links = useRemote(() => listInvitations(channel), [channel]);
  const action = useAction();
  const make = async (event: SubmitEvent) => {
    const note = fieldsOf(event)('note');
    const [expiresInSeconds, maxUses] = [TIMES_SECONDS[time], MOST_USES[uses]];
    const made = await action.run(() =>
      createInvitation(channel, {
        role: 'guest',
        ...(note !== '' && { note }),
        ...(expiresInSeconds !== undefined && { expiresInSeconds }),
        ...(maxUses !== undefined && { maxUses }),
      }),
    );
    if (made === undefined) return;
    setLink(`${location.origin}/guest#code=${made.code}`);
    links.reload();
  };
  const revoke = async (id: string) => {
    if (await action.run(() => done(revokeInvitation(channel, id)))) links.reload();
  };
  const open = links.value?.filter((one) => one.role === 'guest' && isOpen(one)) ?? [];
  return (
    <>
      {link !== undefined && (
        <div class="invite-made">
          <CopyField label={words.inviteMade} value={link} testId="guest-link" />
          {'share' in navigator && (
            <button type="button" class="button button-slim" onClick={() => void share(link)}>
              {words.inviteShare}
            </button>
          )}
        </div>
      )}
      <form class="stack" onSubmit={(event) => void make(event)}>
        <div class="pair">
          <Select label={words.valid} value={time} options={words.times} onChange={setTime} testId="invite-time" />
          <Select label={words.uses} value={uses} options={words.useChoices} onChange={setUses} testId="invite-uses" />
        </div>
        <Field label={words.note} name="note" maxLength={200} autocomplete="off" hint={words.noteHint} />
        <button type="submit" class="button button-main" aria-busy={action.busy} data-testid="make-link">
          {words.inviteMake}
        </button>
      </form>
      {(action.fault ?? links.fault) !== undefined && <Notice tone="error">{action.fault ?? links.fault}</Notice>}
      {open.length > 0 && (
        <section aria-label={words.inviteOpen}>
          <h3>{words.inviteOpen}</h3>
          <ul class="invite-links" data-testid="guest-links">
            {open.map(({ id, note, uses: taken, maxUses, expiresAt }) => (
              <li key={id}>
                <p>
                  {note || words.anonymous}
                  <span class="quiet numbers">
                    {words.taken(taken, maxUses)} ·{' '}
                    {expiresAt === null ? words.endless : words.until(dateText(expiresAt))}
                  </span>
                </p>
                <button
                  type="button"
                  class="button button-slim button-danger"
                  aria-label={words.revokeOf(note || words.anonymous)}
                  onClick={() => void revoke(id)}
                >
                  {words.revoke}
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

async function share(url: string): Promise<void> {
  await navigator.share({ url }).catch(() => undefined);
}

function isOpen({ revokedAt, uses, maxUses, expiresAt }: Invitation): boolean {
  const isUsed = maxUses !== null && uses >= maxUses;
  return revokedAt === null && !isUsed && (expiresAt === null || Date.parse(expiresAt) > Date.now());
}
