import { directorWords } from '../language/director.js';
import { Icon } from '../page/icon.js';
import type { CastMember } from './cast.js';
import type { Director } from './director.js';
import type { TileDrag } from './tile-drag.js';

/** A place on the stage from 0, and how many there are. */
export interface StagePlace {
  readonly at: number;
  readonly of: number;
}

interface MoveHandleProps {
  director: Director;
  member: CastMember;
  name: string;
  drag: TileDrag;
  place: StagePlace;
}

/** Moves a tile along the stage: dragged, or by the arrows. */
export function MoveHandle({ director, member, name, drag, place: { at, of } }: MoveHandleProps) {
  const words = directorWords.value;
  const move = (to: number) => {
    if (to < 0 || to >= of) return;
    director.said.value = words.movedTo(name, to + 1, of);
    void director.place(member, to);
  };
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: at - 1,
    ArrowUp: at - 1,
    ArrowRight: at + 1,
    ArrowDown: at + 1,
    Home: 0,
    End: of - 1,
  };
  return (
    <button
      type="button"
      class="cast-button cast-handle"
      aria-label={words.move(name, at + 1, of)}
      aria-keyshortcuts="ArrowLeft ArrowRight Home End"
      title={words.moveHint}
      data-testid="move"
      onPointerDown={(event) => drag.press(member.id, event)}
      onKeyDown={(event) => {
        const to = steps[event.key];
        if (to === undefined) return;
        event.preventDefault();
        move(to);
      }}
    >
      <Icon name="grip" />
    </button>
  );
}
