import type { AccountSummary, AdministerAccount } from '@weir/contract';
import { administerAccount, listAccounts } from '../api/server.js';
import { adminWords } from '../language/admin.js';
import { useAction } from '../page/action.js';
import { Notice } from '../page/notice.js';
import { useRemote } from '../page/remote.js';
import { Skeleton } from '../page/skeleton.js';
import { AccountRow } from './account-row.js';

/** Every account on the server. */
export function AccountsTab() {
  const words = adminWords.value;
  const accounts = useRemote(listAccounts, []);
  const action = useAction();
  const change = async (account: AccountSummary, part: AdministerAccount) => {
    const changed = await action.runInTurn(() => administerAccount(account.id, part));
    if (changed === undefined) accounts.reload();
    else accounts.set((before) => before.map((one) => (one.id === changed.id ? changed : one)));
    return changed !== undefined;
  };
  const fault = action.fault ?? accounts.fault;
  return (
    <div class="stack">
      <p class="lead">{words.accounts.lead}</p>
      {fault !== undefined && <Notice tone="error">{fault}</Notice>}
      {accounts.value === undefined && accounts.fault === undefined && (
        <Skeleton kind="row" count={3} label={words.loading} />
      )}
      <ul class="table" data-testid="accounts">
        {accounts.value?.map((account) => (
          <AccountRow key={account.id} account={account} onChange={(part) => change(account, part)} />
        ))}
      </ul>
    </div>
  );
}
