import { directorWords } from '../language/director.js';
import { hueOf } from '../page/hue.js';
import { Icon } from '../page/icon.js';
import type { CastMember } from './cast.js';
import type { Director } from './director.js';
import { QualityBars } from './quality-bars.js';
import { TilePicture } from './tile-picture.js';

interface TileFaceProps {
  director: Director;
  member: CastMember;
  name: string;
  onPress: (event: PointerEvent) => void;
}

/** Who it is and how they stand: picture, name, on air or not, muted or hidden, and how well they come in. */
export function TileFace({ director, member, name, onPress }: TileFaceProps) {
  const words = directorWords.value;
  const { id, guest, arranged, isScreen } = member;
  const stage = director.stage.value;
  const isOwn = id === director.ownGuest.value;
  const stream = director.streams.value.get(id);
  const participant = director.room.value?.participants.value.find((one) => one.id === id);
  const isSpeaking = participant?.speaking.value ?? (isOwn && stage?.speaker === id);
  const isLive = stage?.live === true && arranged !== undefined;
  const { mirror } = director.studio.sources.choices.value;
  return (
    <div
      class={isSpeaking ? 'cast-face cast-face-speaking' : 'cast-face'}
      style={{ '--hue': String(hueOf(guest.name)) }}
      onPointerDown={(event) => event.pointerType === 'mouse' && onPress(event)}
    >
      {stream !== undefined && hasPicture(stream) ? (
        <TilePicture
          stream={stream}
          mirrored={isOwn && mirror}
          fit={arranged?.fit ?? (isScreen ? 'contain' : 'cover')}
        />
      ) : (
        <p class="cast-blank">
          <span aria-hidden="true">{[...guest.name][0]?.toUpperCase()}</span>
          {guest.connected ? words.noPicture : words.away}
        </p>
      )}
      <span class={isLive ? 'badge badge-live cast-state' : 'badge cast-state'} data-testid="tile-state">
        <span class="badge-dot" />
        {isLive ? words.onAir : arranged !== undefined ? words.onStage : words.backstage}
      </span>
      <span class="cast-signs">
        {guest.muted && !isScreen && (
          <span
            class="cast-sign"
            role="img"
            aria-label={guest.mutedByDirector ? words.mutedByYou : words.mutedShort}
            title={guest.mutedByDirector ? words.mutedByYou : words.mutedShort}
          >
            <Icon name="silenced" />
          </span>
        )}
        {arranged?.hidden === true && (
          <span class="cast-sign" role="img" aria-label={words.hiddenShort} title={words.hiddenShort}>
            <Icon name="hidden" />
          </span>
        )}
        {guest.quality !== null && !isScreen && <QualityBars quality={guest.quality} />}
      </span>
      <span class="cast-name">
        {name}
        {isSpeaking && <span class="unseen">, {words.speaking}</span>}
      </span>
    </div>
  );
}

function hasPicture(stream: MediaStream): boolean {
  return stream.getVideoTracks().some(({ readyState }) => readyState === 'live');
}
