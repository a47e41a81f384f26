import { guestWords } from '../language/guest.js';
import type { StageRoom } from '../stage/stage-room.js';

/** How one stands, in colour and in words large enough to be read from afar. */
export function StandingSign({ room }: { room: StageRoom }) {
  const words = guestWords.value;
  const standing = room.standing.value;
  const { sign, text } = words.standings[standing];
  const isHidden = standing === 'on-air' && room.arranged.value?.hidden === true;
  const isMuted = room.media?.sources.microphoneOn.value === false;
  return (
    <div class={`standing standing-${standing}`} role="status" data-testid="standing" data-standing={standing}>
      <strong class="standing-sign">
        <span class="standing-dot" aria-hidden="true" />
        {sign}
      </strong>
      <span class="standing-text">
        {isHidden ? words.hidden : text} {isMuted && words.mutedText}
      </span>
    </div>
  );
}
