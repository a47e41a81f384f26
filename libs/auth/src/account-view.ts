import type { Account, AccountSummary } from '@weir/contract';
import type { AccountRow } from '@weir/store';

/** An account as its owner sees it. */
export function accountOf({ id, name, isAdmin, mayCreate }: AccountRow): Account {
  return { id, name, isAdmin, mayCreate: mayCreate || isAdmin };
}

/** An account as administrators see it. */
export function accountSummaryOf(row: AccountRow): AccountSummary {
  return {
    ...accountOf(row),
    createdAt: new Date(row.createdAtMs).toISOString(),
    disabledAt: timeOrNull(row.disabledAtMs),
  };
}

/** A time of Unix milliseconds in ISO 8601; null for none. */
export function timeOrNull(timeMs: number | undefined): string | null {
  return timeMs === undefined ? null : new Date(timeMs).toISOString();
}
