import { useState } from 'preact/hooks';
import type { Channel } from '@weir/contract';
import { Avatar } from '../page/avatar.js';

/** Who will be live here: the last picture that there is of the channel, its own and its name. */
export function OfflineCard({ channel }: { channel: Channel }) {
  const [hasPoster, setHasPoster] = useState(true);
  const { name, title, avatarUrl } = channel;
  return (
    <>
      {hasPoster && (
        <img
          class="offline-poster"
          src={`/hls/${encodeURIComponent(name)}/poster.jpg`}
          alt=""
          onError={() => setHasPoster(false)}
        />
      )}
      <Avatar name={title} url={avatarUrl} large />
    </>
  );
}
