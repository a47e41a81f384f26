import type { ArrangedGuest, Arrangement, ChangeScene } from '@weir/contract';

/** An arrangement nobody is in. */
export const emptyArrangement: Arrangement = {
  layout: 'auto',
  guests: [],
  pinned: null,
  labels: true,
  title: '',
  logo: null,
  background: null,
  card: null,
  transitionMs: 0,
};

/** An arrangement with a change: guests that `order` leaves out come last, and those who are not on air are passed over. */
export function changedScene(arrangement: Arrangement, { order, ...change }: ChangeScene): Arrangement {
  const rest = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  const changed = { ...arrangement, ...(rest as Partial<Arrangement>) };
  return order === undefined ? changed : { ...changed, guests: ordered(arrangement.guests, order) };
}

/** An arrangement in which a guest is as given, last when new; or, with undefined, is not. */
export function withGuest(arrangement: Arrangement, id: string, entry: ArrangedGuest | undefined): Arrangement {
  const { guests } = arrangement;
  if (entry === undefined) return { ...arrangement, guests: guests.filter(({ guest }) => guest !== id) };
  const isThere = guests.some(({ guest }) => guest === id);
  return {
    ...arrangement,
    guests: isThere ? guests.map((one) => (one.guest === id ? entry : one)) : [...guests, entry],
  };
}

/** Whether two arrangements are the same. */
export function isSameScene(one: Arrangement, other: Arrangement): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

function ordered(guests: readonly ArrangedGuest[], order: readonly string[]): ArrangedGuest[] {
  const place = new Map(order.map((guest, index) => [guest, index]));
  const placeOf = ({ guest }: ArrangedGuest): number => place.get(guest) ?? order.length;
  return guests.toSorted((one, other) => placeOf(one) - placeOf(other));
}

function sorted(arrangement: Arrangement): unknown {
  const byKey = (value: object): object =>
    Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return byKey({ ...arrangement, guests: arrangement.guests.map(byKey) });
}
