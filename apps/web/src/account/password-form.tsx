import { useState } from 'preact/hooks';
import { changePassword } from '../api/account.js';
import { session } from '../api/session.js';
import { accountWords } from '../language/account.js';
import { profileWords } from '../language/profile.js';
import { done, useAction } from '../page/action.js';
import { fieldsOf } from '../page/field.js';
import { Notice } from '../page/notice.js';
import { PasswordField } from './password-field.js';

/** Sets another password. */
export function PasswordForm() {
  const words = profileWords.value.password;
  const action = useAction({ 401: words.wrong, 403: words.wrong });
  const [changes, setChanges] = useState(0);
  const submit = async (event: SubmitEvent) => {
    const field = fieldsOf(event);
    const body = { currentPassword: field('current', 'exact'), password: field('fresh', 'exact') };
    if (await action.run(() => done(changePassword(body)))) setChanges(changes + 1);
  };
  return (
    <form class="panel narrow" key={changes} onSubmit={(event) => void submit(event)}>
      <input type="hidden" name="username" autocomplete="username" value={session.value?.account?.name ?? ''} />
      <PasswordField name="current" label={words.current} fresh={false} />
      <PasswordField name="fresh" label={words.fresh} fresh />
      <p class="hint">{words.hint}</p>
      {action.fault !== undefined && <Notice tone="error">{action.fault}</Notice>}
      {changes > 0 && action.fault === undefined && <Notice tone="info">{words.changed}</Notice>}
      <button type="submit" class="button button-main" aria-busy={action.busy} data-testid="change-password">
        {action.busy ? accountWords.value.working : words.change}
      </button>
    </form>
  );
}
