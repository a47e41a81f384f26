import { useState } from 'preact/hooks';
import type { StreamKeySummary } from '@weir/contract';
import { createKey, listKeys, revokeKey } from '../api/channels.js';
import { channelWords } from '../language/channel.js';
import { agoText, dateText } from '../language/format.js';
import { done, useAction } from '../page/action.js';
import { ConfirmButton } from '../page/confirm-button.js';
import { CopyField } from '../page/copy-field.js';
import { Empty } from '../page/empty.js';
import { Field, fieldsOf } from '../page/field.js';
import { Notice } from '../page/notice.js';
import { useRemote } from '../page/remote.js';
import { SecretCard } from '../page/secret-card.js';

/** The stream keys of a channel: one for each device, each shown once and revoked apart. */
export function KeysTab({ channel }: { channel: string }) {
  const words = channelWords.value.keys;
  const keys = useRemote(() => listKeys(channel), [channel]);
  const action = useAction();
  const [made, setMade] = useState<string>();
  const create = async (event: SubmitEvent) => {
    const label = fieldsOf(event)('label');
    const form = event.currentTarget as HTMLFormElement;
    const created = await action.run(() => createKey(channel, label));
    if (created === undefined) return;
    form.reset();
    setMade(created.key);
    keys.reload();
  };
  const revoke = async (id: string) => {
    if (await action.runInTurn(() => done(revokeKey(channel, id)))) keys.reload();
  };
  const working = keys.value?.filter(({ revokedAt }) => revokedAt === null);
  const over = keys.value?.filter(({ revokedAt }) => revokedAt !== null) ?? [];
  const fault = action.fault ?? keys.fault;
  return (
    <div class="stack">
      <p class="lead">{words.lead}</p>
      {made !== undefined && <StreamKeyCard channel={channel} streamKey={made} onClose={() => setMade(undefined)} />}
      {fault !== undefined && <Notice tone="error">{fault}</Notice>}
      {working?.length === 0 && <Empty title={words.empty} text={words.emptyText} level="h3" />}
      <ul class="table" data-testid="keys">
        {working?.map((key) => (
          <KeyRow key={key.id} streamKey={key} onRevoke={() => void revoke(key.id)} />
        ))}
      </ul>
      <form class="panel row-form" onSubmit={(event) => void create(event)}>
        <Field
          label={words.label}
          name="label"
          maxLength={100}
          autocomplete="off"
          hint={words.labelHint}
          data-testid="key-label"
          after={
            <button type="submit" class="button button-main" aria-busy={action.busy} data-testid="create-key">
              {words.create}
            </button>
          }
        />
      </form>
      {over.length > 0 && (
        <details class="fold">
          <summary>{words.older(over.length)}</summary>
          <ul class="table">
            {over.map((key) => (
              <KeyRow key={key.id} streamKey={key} />
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

function KeyRow({ streamKey, onRevoke }: { streamKey: StreamKeySummary; onRevoke?: () => void }) {
  const words = channelWords.value.keys;
  const { createdAt, lastUsedAt, revokedAt, resting } = streamKey;
  const label = streamKey.label || words.unnamed;
  const facts = [
    words.created(dateText(createdAt)),
    lastUsedAt === null ? words.unused : words.used(agoText(lastUsedAt)),
    ...(revokedAt === null ? [] : [words.revoked(agoText(revokedAt))]),
    ...(revokedAt === null && resting ? [words.resting] : []),
  ];
  return (
    <li class="table-row">
      <div>
        <p class="table-name">{label}</p>
        <p class="quiet numbers">{facts.join(' · ')}</p>
      </div>
      {onRevoke !== undefined && (
        <ConfirmButton
          label={words.revoke}
          name={words.revokeOf(label)}
          question={words.revokeQuestion(label)}
          text={words.revokeText}
          yes={words.revoke}
          no={channelWords.value.keep}
          testId="revoke-key"
          onConfirm={onRevoke}
        />
      )}
    </li>
  );
}

function StreamKeyCard({ channel, streamKey, onClose }: { channel: string; streamKey: string; onClose: () => void }) {
  const words = channelWords.value.keys;
  return (
    <SecretCard title={words.made} text={words.madeText} close={words.close} onClose={onClose}>
      <CopyField label={words.service} value="WHIP" />
      <CopyField label={words.server} value={`${location.origin}/whip/${channel}`} />
      <CopyField label={words.token} value={streamKey} testId="stream-key" />
      <p>
        <a
          class="button"
          href={`/studio/${encodeURIComponent(channel)}#key=${encodeURIComponent(streamKey)}`}
          data-testid="open-studio"
        >
          {words.openStudio}
        </a>
      </p>
    </SecretCard>
  );
}
