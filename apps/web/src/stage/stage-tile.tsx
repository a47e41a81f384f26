import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { StageGuest } from '@weir/contract';
import { stageWords } from '../language/stage.js';
import { Avatar } from '../page/avatar.js';
import { Icon } from '../page/icon.js';
import type { Participant } from './participant.js';
import type { Standing } from './standing.js';
import { TileVideo } from './tile-video.js';
import '../style/stage.css';

/** Somebody else on the stage, or a screen they share; `children` come below the picture. */
export function StageTile({ participant, children }: { participant: Participant; children?: ComponentChildren }) {
  const words = stageWords.value;
  const [isPictured, setPictured] = useState(false);
  const guest = participant.guest.value;
  const name = participant.isScreen ? words.screenOf(guest.name) : guest.name;
  const standing = participant.standing.value;
  const sends = participant.sends.value;
  const isHere = sends && participant.state.value === 'connected';
  const kinds = [
    tileClass(standing),
    participant.speaking.value && 'tile-speaking',
    participant.isScreen && 'tile-screen',
  ];
  return (
    <figure class={kinds.filter(Boolean).join(' ')} data-testid="tile" data-guest={participant.id}>
      <div class="tile-picture">
        <TileVideo stream={participant.stream.value} label={name} onPicture={setPictured} />
        {!(isPictured && isHere) && (
          <div class="tile-cover">
            <Avatar name={guest.name} large />
            <span>{!sends ? words.away : isHere ? words.soundOnly : words.connecting}</span>
          </div>
        )}
        <StageSign standing={standing} />
      </div>
      <figcaption class="tile-name">
        {participant.isScreen && <Icon name="screen" />}
        <TileName name={name} guest={guest} isMuted={guest.muted && !participant.isScreen} />
      </figcaption>
      {children}
    </figure>
  );
}

/** The classes of the frame of who stands so: red for what viewers see. */
export function tileClass(standing: Standing): string {
  if (standing === 'off-stage') return 'tile';
  return standing === 'on-air' ? 'tile tile-on tile-live' : 'tile tile-on';
}

/** Says whether a tile is part of the program, and whether viewers see that now. */
export function StageSign({ standing }: { standing: Standing }) {
  const words = stageWords.value;
  const kinds = { 'off-stage': '', waiting: 'tile-sign-on', covered: 'tile-sign-on', 'on-air': 'badge-live' };
  const said = standing === 'off-stage' ? words.backstage : standing === 'on-air' ? words.onAir : words.onStage;
  return (
    <span class={`badge tile-sign ${kinds[standing]}`} data-testid="tile-sign">
      {said}
    </span>
  );
}

/** A name with what is to be known at a glance: muted or not, and how well the media come in. */
export function TileName({ name, guest, isMuted }: { name: string; guest: StageGuest; isMuted: boolean }) {
  const words = stageWords.value;
  const level = guest.quality?.level;
  return (
    <>
      <span class="tile-words">{name}</span>
      {isMuted && (
        <span class="tile-muted" title={words.muted} data-testid="tile-muted">
          <Icon name="silenced" />
          <span class="unseen">{words.muted}</span>
        </span>
      )}
      {level !== undefined && (
        <span class={`bars tile-bars tile-bars-${level}`} title={words.quality[level]} data-testid="tile-quality">
          <i />
          <i />
          <i />
          <span class="unseen">{words.quality[level]}</span>
        </span>
      )}
    </>
  );
}
