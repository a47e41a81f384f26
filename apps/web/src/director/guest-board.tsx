import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { directorWords } from '../language/director.js';
import type { CastMember } from './cast.js';
import type { Director } from './director.js';
import { GuestSettings } from './guest-settings.js';
import { GuestTile } from './guest-tile.js';
import { TileDrag } from './tile-drag.js';
import type { DropPlace } from './tile-drag.js';
import { memberName } from './member-name.js';

/** Everybody on the stage: above who is on air, in their order, below who waits; dragged from the one to the other. */
export function GuestBoard({ director }: { director: Director }) {
  const words = directorWords.value;
  const { onAir, backstage } = director.cast.value;
  const [shown, setShown] = useState<string>();
  const drag = useMemo(() => new TileDrag((id, place) => drop(director, id, place)), [director]);
  const isLive = director.stage.value?.live === true;
  const chosen = [...onAir, ...backstage].find(({ id }) => id === shown);
  return (
    <div class={drag.dragged.value === undefined ? 'cast' : 'cast cast-dragging'}>
      <Row
        director={director}
        drag={drag}
        row="on-air"
        title={isLive ? words.onAir : words.onStage}
        members={onAir}
        empty={words.nobodyOnAir}
        onSettings={setShown}
      />
      <Row
        director={director}
        drag={drag}
        row="backstage"
        title={words.backstage}
        members={backstage}
        empty={words.nobodyBackstage}
        onSettings={setShown}
      />
      {chosen !== undefined && (
        <GuestSettings key={chosen.id} director={director} member={chosen} onClose={() => setShown(undefined)} />
      )}
      <p class="unseen" role="status" data-testid="said">
        {director.said.value}
      </p>
    </div>
  );
}

interface RowProps {
  director: Director;
  drag: TileDrag;
  row: DropPlace['row'];
  title: string;
  members: readonly CastMember[];
  empty: string;
  onSettings: (id: string) => void;
}

function Row({ director, drag, row, title, members, empty, onSettings }: RowProps) {
  const list = useRef<HTMLUListElement>(null);
  const over = drag.over.value;
  const isEnd = over?.row === row && over.before === null;
  const order = members.map(({ id }) => id).join();
  useKeptFocus(list, order);
  return (
    <section
      class={over?.row === row ? 'cast-row cast-row-over' : 'cast-row'}
      data-row={row}
      data-testid={`row-${row}`}
      aria-labelledby={`row-${row}`}
    >
      <h2 id={`row-${row}`}>
        {title} <span class="quiet numbers">{members.length}</span>
      </h2>
      {members.length === 0 && (
        <p class="cast-empty">{drag.dragged.value === undefined ? empty : directorWords.value.dropHere}</p>
      )}
      <ul ref={list} class={isEnd ? 'cast-tiles cast-tiles-end' : 'cast-tiles'}>
        {members.map((member, at) => (
          <GuestTile
            key={member.id}
            director={director}
            member={member}
            drag={drag}
            {...(row === 'on-air' && { place: { at, of: members.length } })}
            onSettings={() => onSettings(member.id)}
          />
        ))}
      </ul>
    </section>
  );
}

/** An element that is moved in the document loses the focus; the handle that moved it keeps it. */
function useKeptFocus(list: { readonly current: HTMLElement | null }, order: string): void {
  const held = useRef<string | undefined>(undefined);
  const active = document.activeElement;
  if (list.current?.contains(active) === true && active?.matches('.cast-handle') === true) {
    held.current = active.closest<HTMLElement>('[data-guest]')?.dataset['guest'];
  }
  // Before the next paint: the next arrow may follow at once.
  useLayoutEffect(() => {
    const id = held.current;
    held.current = undefined;
    if (id === undefined || document.activeElement !== document.body) return;
    list.current?.querySelector<HTMLElement>(`[data-guest="${CSS.escape(id)}"] .cast-handle`)?.focus();
  }, [order]);
}

function drop(director: Director, id: string, { row, before }: DropPlace): void {
  const words = directorWords.value;
  const { onAir, backstage } = director.cast.value;
  const member = [...onAir, ...backstage].find((one) => one.id === id);
  if (member === undefined) return;
  const name = memberName(member, director.ownGuest.value);
  if (row === 'backstage') {
    if (member.arranged === undefined) return;
    director.said.value = words.sentBack(name);
    return void director.directGuest(member, { state: 'backstage' });
  }
  const others = onAir.filter((one) => one.id !== id);
  const found = others.findIndex((one) => one.id === before);
  const place = found === -1 ? others.length : found;
  director.said.value = words.movedTo(name, place + 1, others.length + 1);
  void director.place(member, place);
}
