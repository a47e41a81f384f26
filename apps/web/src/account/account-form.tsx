import { useState } from 'preact/hooks';
import { signIn, signUp } from '../api/account.js';
import { accountWords } from '../language/account.js';
import { useAction } from '../page/action.js';
import { Field, fieldsOf } from '../page/field.js';
import { Notice } from '../page/notice.js';
import { RequestRefused } from '../media/request-refused.js';
import { PasswordField } from './password-field.js';

/** AccountName of the contract, for the browser's own check. */
const NAME = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}._-]{1,31}$/u;

interface SignUpFormProps {
  button: string;
  /** What lets the account be made where sign-up is not open. */
  code?: { setup: string } | { invitation: string };
  onDone: () => void;
  /** Told when the code does not count any more. */
  onRefused?: () => void;
}

/** Name and password of an account that is to be made. */
export function SignUpForm({ button, code, onDone, onRefused }: SignUpFormProps) {
  const words = accountWords.value;
  const action = useAction({ 409: words.taken });
  const [wrong, setWrong] = useState(false);
  const submit = async (event: SubmitEvent) => {
    const field = fieldsOf(event);
    const name = field('name').normalize('NFKC');
    setWrong(!NAME.test(name));
    if (!NAME.test(name)) return;
    const made = await action.run(async () => {
      try {
        await signUp({ name, password: field('password', 'exact'), ...code });
        return true;
      } catch (error) {
        if (error instanceof RequestRefused && [403, 404, 410].includes(error.status)) onRefused?.();
        throw error;
      }
    });
    if (made) onDone();
  };
  return (
    <form class="stack" onSubmit={(event) => void submit(event)}>
      <Field
        label={words.name}
        name="name"
        required
        maxLength={32}
        autocomplete="username"
        autocapitalize="off"
        spellcheck={false}
        hint={words.nameHint}
        error={wrong ? words.nameWrong : undefined}
        data-testid="name"
      />
      <PasswordField name="password" label={words.password} fresh />
      {action.fault !== undefined && <Notice tone="error">{action.fault}</Notice>}
      <button type="submit" class="button button-main" aria-busy={action.busy} data-testid="sign-up">
        {action.busy ? words.working : button}
      </button>
    </form>
  );
}

/** Name and password of an account that is there. */
export function SignInForm({ onDone }: { onDone: () => void }) {
  const words = accountWords.value;
  const action = useAction({ 401: words.signIn.wrong });
  const submit = async (event: SubmitEvent) => {
    const field = fieldsOf(event);
    const body = { name: field('name'), password: field('password', 'exact') };
    const entered = await action.run(async () => {
      await signIn(body);
      return true;
    });
    if (entered) onDone();
  };
  return (
    <form class="stack" onSubmit={(event) => void submit(event)}>
      <Field
        label={words.name}
        name="name"
        required
        maxLength={64}
        autocomplete="username"
        autocapitalize="off"
        spellcheck={false}
        data-testid="name"
      />
      <PasswordField name="password" label={words.password} fresh={false} />
      {action.fault !== undefined && <Notice tone="error">{action.fault}</Notice>}
      <button type="submit" class="button button-main" aria-busy={action.busy} data-testid="sign-in">
        {action.busy ? words.working : words.signIn.button}
      </button>
    </form>
  );
}
