import { useId, useRef, useState } from 'preact/hooks';
import type { AccountSummary, AdministerAccount } from '@weir/contract';
import { PasswordField } from '../account/password-field.js';
import { session } from '../api/session.js';
import { adminWords } from '../language/admin.js';
import { dateText } from '../language/format.js';
import { Avatar } from '../page/avatar.js';
import { ConfirmButton } from '../page/confirm-button.js';
import { fieldsOf } from '../page/field.js';

interface AccountRowProps {
  account: AccountSummary;
  /** Makes the change; true when it was made. */
  onChange: (change: AdministerAccount) => Promise<boolean>;
}

/** One account and what an administrator may do to it; nobody can lock himself out here. */
export function AccountRow({ account, onChange }: AccountRowProps) {
  const words = adminWords.value.accounts;
  const own = account.id === session.value?.account?.id;
  const { name, disabledAt } = account;
  return (
    <li class="table-row account-row" data-testid={`account-${name}`}>
      <Avatar name={name} />
      <div>
        <p class="table-name">
          {name} {own && <span class="badge">{words.you}</span>}{' '}
          {account.isAdmin && <span class="badge badge-role">{words.administrator}</span>}{' '}
          {disabledAt !== null && <span class="badge badge-warn">{words.disabled}</span>}
        </p>
        <p class="quiet numbers">{words.since(dateText(account.createdAt))}</p>
      </div>
      <div class="account-rights">
        <Right
          label={words.admin}
          name={words.adminOf(name)}
          on={account.isAdmin}
          disabled={own}
          testId="is-admin"
          onChange={(isAdmin) => void onChange({ isAdmin })}
        />
        <Right
          label={words.create}
          name={words.createOf(name)}
          on={account.mayCreate}
          disabled={false}
          testId="may-create"
          onChange={(mayCreate) => void onChange({ mayCreate })}
        />
      </div>
      {!own && (
        <div class="line">
          <PasswordDialog name={name} onSet={(password) => onChange({ password })} />
          {disabledAt === null ? (
            <ConfirmButton
              label={words.disable}
              name={words.disableOf(name)}
              question={words.disableQuestion(name)}
              text={words.disableText}
              yes={words.disable}
              no={adminWords.value.keep}
              testId="disable"
              onConfirm={() => void onChange({ disabled: true })}
            />
          ) : (
            <button
              type="button"
              class="button button-slim"
              aria-label={words.enableOf(name)}
              data-testid="enable"
              onClick={() => void onChange({ disabled: false })}
            >
              {words.enable}
            </button>
          )}
        </div>
      )}
    </li>
  );
}

interface RightProps {
  label: string;
  name: string;
  on: boolean;
  disabled: boolean;
  testId: string;
  onChange: (on: boolean) => void;
}

function Right({ label, name, on, disabled, testId, onChange }: RightProps) {
  return (
    <label class="check">
      <input
        type="checkbox"
        role="switch"
        checked={on}
        disabled={disabled}
        aria-label={name}
        data-testid={testId}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span>{label}</span>
    </label>
  );
}

function PasswordDialog({ name, onSet }: { name: string; onSet: (password: string) => Promise<boolean> }) {
  const words = adminWords.value.accounts;
  const dialog = useRef<HTMLDialogElement>(null);
  const [turn, setTurn] = useState(0);
  const [set, setSet] = useState(false);
  const id = useId();
  const open = () => {
    setTurn(turn + 1);
    setSet(false);
    dialog.current?.showModal();
  };
  const submit = async (event: SubmitEvent) => {
    const password = fieldsOf(event)('password', 'exact');
    setSet(await onSet(password));
    dialog.current?.close();
  };
  return (
    <>
      <button
        type="button"
        class="button button-slim"
        aria-label={words.passwordOf(name)}
        data-testid="new-password"
        onClick={open}
      >
        {words.password}
      </button>
      <span class="hint hint-good" role="status">
        {set ? words.passwordSet : ''}
      </span>
      <dialog ref={dialog} class="dialog" aria-labelledby={id}>
        <h2 id={id}>{words.passwordOf(name)}</h2>
        <p>{words.passwordText}</p>
        <form key={turn} class="stack" onSubmit={(event) => void submit(event)}>
          <PasswordField name="password" label={words.password} fresh />
          <div class="dialog-actions">
            <button type="button" class="button" onClick={() => dialog.current?.close()}>
              {words.cancel}
            </button>
            <button type="submit" class="button button-main" data-testid="set-password">
              {words.setPassword}
            </button>
          </div>
        </form>
      </dialog>
    </>
  );
}
