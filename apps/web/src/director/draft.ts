import type { ArrangedGuest, Arrangement, ChangeScene, DirectGuest } from '@weir/contract';

/** A guest who is brought on air, and what he is shown as unless something else is said. */
export interface Newcomer {
  readonly guest: string;
  readonly label: string;
  readonly shows: ArrangedGuest['shows'];
}

/** An arrangement after a change of its scene, as the server will make it. */
export function withScene(arrangement: Arrangement, change: ChangeScene): Arrangement {
  const { order, ...rest } = change;
  const changed = { ...arrangement, ...said(rest) };
  if (order === undefined) return changed;
  const placeOf = ({ guest }: ArrangedGuest) => (order.includes(guest) ? order.indexOf(guest) : order.length);
  return { ...changed, guests: changed.guests.toSorted((one, other) => placeOf(one) - placeOf(other)) };
}

/** An arrangement after somebody was directed, as the server will make it. */
export function withGuest(arrangement: Arrangement, who: Newcomer, change: DirectGuest): Arrangement {
  const { state, ...rest } = change;
  const others = arrangement.guests.filter(({ guest }) => guest !== who.guest);
  if (state === 'backstage') return { ...arrangement, guests: others };
  const isOn = others.length < arrangement.guests.length;
  if (!isOn && state === undefined) return arrangement;
  const added = { ...who, fit: 'cover', gain: 1, muted: false, hidden: false } as const;
  const before = isOn ? arrangement.guests : [...arrangement.guests, added];
  return { ...arrangement, guests: before.map((one) => (one.guest === who.guest ? { ...one, ...said(rest) } : one)) };
}

/** An order in which somebody stands at another place, counted from 0; outside of the order means its nearest end. */
export function moved(order: readonly string[], guest: string, place: number): string[] {
  const others = order.filter((one) => one !== guest);
  const at = Math.min(others.length, Math.max(0, place));
  return [...others.slice(0, at), guest, ...others.slice(at)];
}

type Said<Change> = { [Name in keyof Change]?: Exclude<Change[Name], undefined> };

function said<Change extends object>(change: Change): Said<Change> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as Said<Change>;
}
