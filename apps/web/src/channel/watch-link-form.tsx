import { useState } from 'preact/hooks';
import { createWatchToken, revokeWatchToken } from '../api/channels.js';
import { channelWords } from '../language/channel.js';
import { done, useAction } from '../page/action.js';
import { ConfirmButton } from '../page/confirm-button.js';
import { CopyField } from '../page/copy-field.js';
import { Notice } from '../page/notice.js';
import { SecretCard } from '../page/secret-card.js';

/** The link by which people without a role watch a private channel. */
export function WatchLink({ channel }: { channel: string }) {
  const words = channelWords.value.watchLink;
  const action = useAction();
  const [token, setToken] = useState<string>();
  const [revoked, setRevoked] = useState(false);
  const create = async () => {
    setRevoked(false);
    setToken((await action.run(() => createWatchToken(channel)))?.token);
  };
  const revoke = async () => {
    if (!(await action.run(() => done(revokeWatchToken(channel))))) return;
    setToken(undefined);
    setRevoked(true);
  };
  return (
    <section class="stack part" aria-label={words.title}>
      <div>
        <h3>{words.title}</h3>
        <p class="hint">{words.text}</p>
      </div>
      {token !== undefined && (
        <SecretCard title={words.made} text={words.madeText} close={words.close} onClose={() => setToken(undefined)}>
          <CopyField
            label={words.label}
            value={`${location.origin}/watch/${channel}#token=${encodeURIComponent(token)}`}
            testId="watch-token-link"
          />
        </SecretCard>
      )}
      {action.fault !== undefined && <Notice tone="error">{action.fault}</Notice>}
      <p class="line">
        <ConfirmButton
          harmful={false}
          label={words.create}
          question={words.replaceQuestion}
          text={words.replaceText}
          yes={words.replace}
          no={channelWords.value.keep}
          testId="watch-link"
          onConfirm={() => void create()}
        />
        <ConfirmButton
          label={words.revoke}
          question={words.revokeQuestion}
          text={words.revokeText}
          yes={words.revoke}
          no={channelWords.value.keep}
          testId="revoke-watch-link"
          onConfirm={() => void revoke()}
        />
        <span class="hint" role="status">
          {revoked ? words.revoked : ''}
        </span>
      </p>
    </section>
  );
}
