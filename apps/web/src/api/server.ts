import type { AccountSummary, AdministerAccount, AuditPage } from '@weir/contract';
import { ask } from './ask.js';
import { channelPath } from './channels.js';

/** Lists every account, for administrators. */
export async function listAccounts(): Promise<AccountSummary[]> {
  return ask<AccountSummary[]>('/api/accounts', 'GET');
}

/** Changes what an account is and may, for administrators. */
export async function administerAccount(id: string, change: AdministerAccount): Promise<AccountSummary> {
  return ask<AccountSummary>(`/api/accounts/${encodeURIComponent(id)}`, 'PATCH', change);
}

/** Lists what was done in a channel or on the whole server, newest first; `before` is `next` of the page before. */
export async function readAudit(channel: string | null, before: string | null): Promise<AuditPage> {
  const path = channel === null ? '/api/audit' : `${channelPath(channel)}/audit`;
  return ask<AuditPage>(before === null ? path : `${path}?before=${encodeURIComponent(before)}`, 'GET');
}
