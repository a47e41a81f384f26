import { Body, Controller, Get, Header, Param, Patch, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiCookieAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { AccountList, AccountSummary, AdministerAccount } from '@weir/contract';
import { accountSummaryOf } from './account-view.js';
import { Accounts } from './accounts.js';
import { AuditLog } from './audit-log.js';
import { type Caller, NotAllowed } from './caller.js';
import { CallerOf } from './caller-of.js';
import { Requires } from './requires.guard.js';

/** What administrators do about accounts. */
@ApiTags('accounts')
@Controller('api/accounts')
export class AccountsController {
  readonly #accounts: Accounts;
  readonly #audit: AuditLog;

  constructor(accounts: Accounts, audit: AuditLog) {
    this.#accounts = accounts;
    this.#audit = audit;
  }

  @Get()
  @UseGuards(Requires('server:read', { admin: true }))
  @ApiBearerAuth('token')
  @ApiCookieAuth('session')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Every account, for administrators' })
  @ApiResponse({ status: 200, standardSchema: AccountList })
  @ApiResponse({ status: 401, description: 'Nobody is signed in' })
  @ApiResponse({ status: 403, description: 'Not an administrator, or a token without server:read' })
  async list(): Promise<AccountList> {
    return (await this.#accounts.list()).map(accountSummaryOf);
  }

  @Patch(':id')
  @UseGuards(Requires('server:write', { admin: true }))
  @ApiBearerAuth('token')
  @ApiCookieAuth('session')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Change what somebody else may do, disable the account or set its password' })
  @ApiResponse({ status: 200, standardSchema: AccountSummary })
  @ApiResponse({ status: 401, description: 'Nobody is signed in' })
  @ApiResponse({ status: 403, description: 'Not an administrator, the own account, or more than a token may' })
  @ApiResponse({ status: 404, description: 'There is no such account' })
  async administer(
    @CallerOf() caller: Caller,
    @Param('id') id: string,
    @Body({ schema: AdministerAccount }) change: AdministerAccount,
  ): Promise<AccountSummary> {
    // so that there is always somebody who administers
    if (caller.account?.id === id)
      throw new NotAllowed('Nobody does this to the own account: ask another administrator.');
    const isMightier = change.isAdmin !== undefined || change.password !== undefined;
    if (caller.via === 'token' && isMightier) throw new NotAllowed('Administrators and passwords are not for tokens.');
    const account = await this.#accounts.administer(id, change);
    const detail = detailOf(change);
    await this.#audit.note(caller, { channel: null, action: 'account.administer', target: account.name, detail });
    return accountSummaryOf(account);
  }
}

function detailOf({ password, ...change }: AdministerAccount): string {
  const words = Object.entries(change).map(([name, value]) => `${name}: ${value ? 'yes' : 'no'}`);
  return [...words, ...(password === undefined ? [] : ['another password'])].join(', ');
}
