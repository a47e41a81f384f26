import { directorWords } from '../language/director.js';
import { CastButton } from './cast-button.js';
import type { CastMember } from './cast.js';
import type { Director } from './director.js';
import { MoveHandle } from './move-handle.js';
import type { StagePlace } from './move-handle.js';
import type { TileDrag } from './tile-drag.js';
import { TileFace } from './tile-face.js';
import { memberName } from './member-name.js';

interface GuestTileProps {
  director: Director;
  member: CastMember;
  drag: TileDrag;
  /** Undefined backstage. */
  place?: StagePlace;
  onSettings: () => void;
}

/** A camera or a screen on or behind the stage, with what is done to it in a hurry. */
export function GuestTile({ director, member, drag, place, onSettings }: GuestTileProps) {
  const words = directorWords.value;
  const { id, guest, arranged } = member;
  const name = memberName(member, director.ownGuest.value);
  const isMuted = guest.muted && !member.isScreen;
  const isOn = arranged !== undefined;
  const classes = [
    'cast-tile',
    isOn && 'cast-tile-on',
    isOn && director.stage.value?.live === true && 'cast-tile-live',
    drag.dragged.value === id && 'cast-tile-dragged',
    drag.over.value?.before === id && 'cast-tile-before',
    arranged?.hidden === true && 'cast-tile-hidden',
  ];
  return (
    <li class={classes.filter(Boolean).join(' ')} data-guest={id} data-testid={`tile-${id}`} data-name={guest.name}>
      <TileFace director={director} member={member} name={name} onPress={(event) => drag.press(id, event)} />
      <div class="cast-actions" role="group" aria-label={name}>
        <button
          type="button"
          class={isOn ? 'button button-slim' : 'button button-slim button-main'}
          aria-label={isOn ? words.sendBackOf(name) : words.bringOnOf(name)}
          data-testid={isOn ? 'send-back' : 'bring-on'}
          onClick={() => {
            director.said.value = isOn ? words.sentBack(name) : words.broughtOn(name);
            void director.directGuest(member, { state: isOn ? 'backstage' : 'on-air' });
          }}
        >
          {isOn ? words.sendBack : words.bringOn}
        </button>
        {!member.isScreen && (
          <CastButton
            icon={isMuted ? 'silenced' : 'microphone'}
            label={isMuted ? words.muted(name) : words.mute(name)}
            isOn={isMuted}
            disabled={isMuted}
            testId="mute"
            onClick={() => void director.directGuest(member, { muted: true })}
          />
        )}
        {arranged !== undefined && (
          <CastButton
            icon={arranged.hidden ? 'hidden' : 'eye'}
            label={arranged.hidden ? words.unhide(name) : words.hide(name)}
            isOn={arranged.hidden}
            testId="hide"
            onClick={() => void director.directGuest(member, { hidden: !arranged.hidden })}
          />
        )}
        {isOn && <PinButton director={director} id={id} name={name} />}
        <CastButton icon="sliders" label={words.more(name)} isOn={false} testId="settings" onClick={onSettings} />
        {place !== undefined && (
          <MoveHandle director={director} member={member} name={name} drag={drag} place={place} />
        )}
      </div>
    </li>
  );
}

function PinButton({ director, id, name }: { director: Director; id: string; name: string }) {
  const words = directorWords.value;
  const isPinned = director.arrangement.value?.pinned === id;
  return (
    <CastButton
      icon="pin"
      label={isPinned ? words.unpin(name) : words.pin(name)}
      isOn={isPinned}
      testId="pin"
      onClick={() => void director.changeScene({ pinned: isPinned ? null : id })}
    />
  );
}
