import { useState } from 'preact/hooks';
import { createKey, listKeys } from '../api/channels.js';
import { encoderWords } from '../language/encoder.js';
import { agoText } from '../language/format.js';
import { useAction } from '../page/action.js';
import { useRemote } from '../page/remote.js';
import { SecretField } from './secret-field.js';

const OF_STUDIO = /^Studio\b/;

/** The encoder's stream key: made here, shown once, and afterwards only known by its name and when it was used. */
export function EncoderKey({ channel }: { channel: string }) {
  const words = encoderWords.value;
  const [key, setKey] = useState<string>();
  const action = useAction();
  const keys = useRemote(() => listKeys(channel), [channel, key]);
  const make = async () => {
    const created = await action.run(() => createKey(channel, words.keyLabel));
    if (created !== undefined) setKey(created.key);
  };
  if (key !== undefined) return <SecretField label={words.token} value={key} hint={words.keyOnce} />;
  const newest = keys.value?.findLast(({ revokedAt, label }) => revokedAt === null && !OF_STUDIO.test(label));
  return (
    <div class="field" data-testid="encoder-key">
      <span class="field-label">{words.token}</span>
      <p class="hint">
        {newest === undefined
          ? words.keyNone
          : newest.lastUsedAt === null
            ? words.neverUsed(newest.label)
            : words.lastKey(newest.label, agoText(newest.lastUsedAt))}
      </p>
      <div class="studio-line">
        <button
          type="button"
          class="button button-main"
          disabled={action.busy}
          data-testid="make-key"
          onClick={() => void make()}
        >
          {words.makeKey}
        </button>
        <a class="hint" href={`/channels/${encodeURIComponent(channel)}#keys`}>
          {words.allKeys}
        </a>
      </div>
      {action.fault !== undefined && (
        <p class="hint hint-error" role="alert">
          {action.fault}
        </p>
      )}
    </div>
  );
}
