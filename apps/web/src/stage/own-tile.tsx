import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { stageWords } from '../language/stage.js';
import { studioWords } from '../language/studio.js';
import { Avatar } from '../page/avatar.js';
import type { OwnMedia, StageRoom } from './stage-room.js';
import { StageSign, tileClass, TileName } from './stage-tile.js';
import { streamOf } from './streams.js';
import { TileVideo } from './tile-video.js';

/** Oneself on the stage, the camera as in a mirror; nothing for who takes no part. */
export function OwnTile({ room, children }: { room: StageRoom; children?: ComponentChildren }) {
  const self = room.self.value;
  if (self === undefined || room.media === undefined) return null;
  const standing = room.standing.value;
  const name = stageWords.value.you(self.name);
  return (
    <figure class={`${tileClass(standing)} tile-own`} data-testid="own-tile" data-guest={self.id}>
      <div class="tile-picture">
        <OwnVideo media={room.media} name={name} />
        <StageSign standing={standing} />
      </div>
      <figcaption class="tile-name">
        <TileName name={name} guest={self} isMuted={self.muted || !room.media.sources.microphoneOn.value} />
      </figcaption>
      {children}
    </figure>
  );
}

function OwnVideo({ media: { sources }, name }: { media: OwnMedia; name: string }) {
  const [isPictured, setPictured] = useState(false);
  const track = sources.video.value;
  const isCamera = sources.source.value === 'camera';
  const isOff = isCamera && track !== null && !sources.cameraOn.value;
  const looksAway = track?.getSettings().facingMode === 'environment';
  return (
    <>
      <TileVideo
        stream={track === null ? undefined : streamOf(track)}
        label={name}
        mirrored={isCamera && sources.choices.value.mirror && !looksAway}
        onPicture={setPictured}
      />
      {(isOff || track === null || !isPictured) && (
        <div class="tile-cover">
          <Avatar name={name} large />
          <span>{isOff ? studioWords.value.cameraIsOff : studioWords.value.soundOnly}</span>
        </div>
      )}
    </>
  );
}
