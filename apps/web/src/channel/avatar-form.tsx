import { useRef, useState } from 'preact/hooks';
import type { Channel } from '@weir/contract';
import { removeAvatar, setAvatar } from '../api/channels.js';
import { channelWords } from '../language/channel.js';
import { Avatar } from '../page/avatar.js';
import { done, useAction } from '../page/action.js';
import { Notice } from '../page/notice.js';
import { squareOf } from './square-picture.js';

/** The picture of a channel. */
export function AvatarForm({ channel, onChange }: { channel: Channel; onChange: (channel: Channel) => void }) {
  const words = channelWords.value.avatar;
  const action = useAction();
  const [broken, setBroken] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const choose = async (file: File | undefined) => {
    if (file === undefined) return;
    const picture = await squareOf(file).catch(() => undefined);
    setBroken(picture === undefined);
    if (picture === undefined) return;
    const changed = await action.run(() => setAvatar(channel.name, picture));
    if (changed !== undefined) onChange(changed);
    if (input.current) input.current.value = '';
  };
  const remove = async () => {
    if (await action.run(() => done(removeAvatar(channel.name)))) onChange({ ...channel, avatarUrl: null });
  };
  return (
    <section class="panel avatar-form" aria-label={words.title}>
      <h3>{words.title}</h3>
      <div class="line">
        <Avatar name={channel.title || channel.name} url={channel.avatarUrl} large />
        <div class="stack avatar-actions">
          <button
            type="button"
            class="button button-slim"
            aria-busy={action.busy}
            onClick={() => input.current?.click()}
          >
            {words.choose}
          </button>
          {channel.avatarUrl !== null && (
            <button type="button" class="button button-slim" data-testid="remove-avatar" onClick={() => void remove()}>
              {words.remove}
            </button>
          )}
        </div>
      </div>
      <input
        ref={input}
        type="file"
        hidden
        accept="image/png,image/jpeg,image/webp"
        data-testid="avatar-file"
        onChange={(event) => void choose(event.currentTarget.files?.[0])}
      />
      <p class="hint">{words.hint}</p>
      {broken && <Notice tone="error">{words.broken}</Notice>}
      {action.fault !== undefined && <Notice tone="error">{action.fault}</Notice>}
    </section>
  );
}
