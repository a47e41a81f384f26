import { useState } from 'preact/hooks';
import type { ApiTokenSummary, CreatedApiToken } from '@weir/contract';
import { listTokens, revokeToken } from '../api/account.js';
import { agoText, dateText } from '../language/format.js';
import { profileWords } from '../language/profile.js';
import { done, useAction } from '../page/action.js';
import { ConfirmButton } from '../page/confirm-button.js';
import { CopyField } from '../page/copy-field.js';
import { Empty } from '../page/empty.js';
import { Notice } from '../page/notice.js';
import { useRemote } from '../page/remote.js';
import { SecretCard } from '../page/secret-card.js';
import { TokenForm } from './token-form.js';

/** The account's API tokens. */
export function TokenPart({ isAdmin }: { isAdmin: boolean }) {
  const words = profileWords.value.tokens;
  const tokens = useRemote(listTokens, []);
  const action = useAction();
  const [made, setMade] = useState<CreatedApiToken>();
  const revoke = async (id: string) => {
    if (await action.runInTurn(() => done(revokeToken(id)))) tokens.reload();
  };
  const [working, over] = [tokens.value?.filter(isWorking), tokens.value?.filter((one) => !isWorking(one)) ?? []];
  const fault = action.fault ?? tokens.fault;
  return (
    <div class="stack">
      <p class="lead">
        {words.lead} <a href="/api/docs">{words.docs}</a>
      </p>
      {made !== undefined && (
        <SecretCard title={words.made} text={words.madeText} close={words.close} onClose={() => setMade(undefined)}>
          <CopyField label={words.value} value={made.token} testId="api-token" />
        </SecretCard>
      )}
      {fault !== undefined && <Notice tone="error">{fault}</Notice>}
      {working?.length === 0 && <Empty title={words.empty} text={words.emptyText} level="h3" />}
      <ul class="table" data-testid="tokens">
        {working?.map((token) => (
          <TokenRow key={token.id} token={token} onRevoke={() => void revoke(token.id)} />
        ))}
      </ul>
      <TokenForm
        isAdmin={isAdmin}
        onMade={(token) => {
          setMade(token);
          tokens.reload();
        }}
      />
      {over.length > 0 && (
        <details class="fold">
          <summary>{words.older(over.length)}</summary>
          <ul class="table">
            {over.map((token) => (
              <TokenRow key={token.id} token={token} />
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

function TokenRow({ token, onRevoke }: { token: ApiTokenSummary; onRevoke?: () => void }) {
  const words = profileWords.value.tokens;
  const facts = [
    token.lastUsedAt === null ? words.unused : words.used(agoText(token.lastUsedAt)),
    token.revokedAt !== null
      ? words.revoked
      : token.expiresAt === null
        ? words.endless
        : isWorking(token)
          ? words.ends(dateText(token.expiresAt))
          : words.ended,
  ];
  return (
    <li class="table-row">
      <div>
        <p class="table-name">{token.label}</p>
        <p class="tags">
          {token.scopes.map((scope) => (
            <code key={scope} class="tag" title={words.scopes[scope]}>
              {scope}
            </code>
          ))}
        </p>
        <p class="quiet numbers">{facts.join(' · ')}</p>
      </div>
      {onRevoke !== undefined && (
        <ConfirmButton
          label={words.revoke}
          name={words.revokeOf(token.label)}
          question={words.revokeQuestion(token.label)}
          text={words.revokeText}
          yes={words.revoke}
          no={words.keep}
          testId="revoke-token"
          onConfirm={onRevoke}
        />
      )}
    </li>
  );
}

function isWorking({ revokedAt, expiresAt }: ApiTokenSummary): boolean {
  return revokedAt === null && (expiresAt === null || Date.parse(expiresAt) > Date.now());
}
