import { useState } from 'preact/hooks';
import type { CreatedApiToken, Scope } from '@weir/contract';
import { createToken } from '../api/account.js';
import { profileWords } from '../language/profile.js';
import { useAction } from '../page/action.js';
import { Field, fieldsOf } from '../page/field.js';
import { Notice } from '../page/notice.js';

const SCOPES: readonly Scope[] = [
  'channels:read',
  'channels:write',
  'keys:write',
  'members:write',
  'recordings:read',
  'recordings:write',
  'chat:write',
  'chat:moderate',
  'stage:write',
  'server:read',
  'server:write',
];

const TIMES_SECONDS = { week: 604_800, quarter: 7_776_000, year: 31_536_000, ever: undefined } as const;

type TokenTime = keyof typeof TIMES_SECONDS;

/** Makes an API token for one purpose; those of the server are for administrators. */
export function TokenForm({ isAdmin, onMade }: { isAdmin: boolean; onMade: (token: CreatedApiToken) => void }) {
  const words = profileWords.value.tokens;
  const action = useAction();
  const [scopes, setScopes] = useState<readonly Scope[]>([]);
  const [time, setTime] = useState<TokenTime>('quarter');
  const [none, setNone] = useState(false);
  const submit = async (event: SubmitEvent) => {
    const field = fieldsOf(event);
    const form = event.currentTarget as HTMLFormElement;
    setNone(scopes.length === 0);
    if (scopes.length === 0) return;
    const expiresInSeconds = TIMES_SECONDS[time];
    const body = {
      label: field('label'),
      scopes: [...scopes],
      ...(expiresInSeconds !== undefined && { expiresInSeconds }),
    };
    const made = await action.run(() => createToken(body));
    if (made === undefined) return;
    form.reset();
    setScopes([]);
    onMade(made);
  };
  const toggle = (scope: Scope, on: boolean) =>
    setScopes(on ? [...scopes, scope] : scopes.filter((one) => one !== scope));
  return (
    <form class="panel" onSubmit={(event) => void submit(event)}>
      <h3>{words.create}</h3>
      <div class="pair">
        <Field
          label={words.label}
          name="label"
          required
          maxLength={100}
          autocomplete="off"
          hint={words.labelHint}
          data-testid="token-label"
        />
        <label class="field">
          <span class="field-label">{words.until}</span>
          <select class="input" value={time} onChange={(event) => setTime(event.currentTarget.value as TokenTime)}>
            {(Object.keys(TIMES_SECONDS) as TokenTime[]).map((one) => (
              <option key={one} value={one}>
                {words.times[one]}
              </option>
            ))}
          </select>
        </label>
      </div>
      <fieldset>
        <legend class="field-label">{words.may}</legend>
        <div class="scopes">
          {SCOPES.filter((scope) => isAdmin || !scope.startsWith('server:')).map((scope) => (
            <label key={scope} class="check">
              <input
                type="checkbox"
                checked={scopes.includes(scope)}
                data-testid={`scope-${scope}`}
                onChange={(event) => toggle(scope, event.currentTarget.checked)}
              />
              <span>
                {words.scopes[scope]}
                <code class="hint">{scope}</code>
              </span>
            </label>
          ))}
        </div>
      </fieldset>
      {none && scopes.length === 0 && <Notice tone="error">{words.none}</Notice>}
      {action.fault !== undefined && <Notice tone="error">{action.fault}</Notice>}
      <button type="submit" class="button button-main" aria-busy={action.busy} data-testid="create-token">
        {words.create}
      </button>
    </form>
  );
}
