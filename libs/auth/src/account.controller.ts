import { Body, Controller, Delete, Get, Header, HttpCode, Param, Patch, Req, Res, UseGuards } from '@nestjs/common';
import { ApiCookieAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { SessionList, SessionView, UpdateAccount } from '@weir/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Accounts } from './accounts.js';
import { AuditLog } from './audit-log.js';
import { BrowserSessions } from './browser-sessions.js';
import { type Caller, SignInNeeded } from './caller.js';
import { CallerOf } from './caller-of.js';
import { RequestOrigins } from './request-origin.js';
import { Sessions } from './sessions.js';
import { SignedInGuard } from './signed-in.guard.js';

/** What people change about their own account. */
@ApiTags('account')
@ApiCookieAuth('session')
@ApiResponse({ status: 401, description: 'Nobody is signed in' })
@ApiResponse({ status: 403, description: 'No page of ours asks, or a token does' })
@UseGuards(SignedInGuard)
@Controller('api/account')
export class AccountController {
  readonly #accounts: Accounts;
  readonly #audit: AuditLog;
  readonly #browsers: BrowserSessions;
  readonly #origins: RequestOrigins;
  readonly #sessions: Sessions;

  constructor(
    accounts: Accounts,
    audit: AuditLog,
    browsers: BrowserSessions,
    origins: RequestOrigins,
    sessions: Sessions,
  ) {
    this.#accounts = accounts;
    this.#audit = audit;
    this.#browsers = browsers;
    this.#origins = origins;
    this.#sessions = sessions;
  }

  @Patch()
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Set another password: signs out everywhere else' })
  @ApiResponse({ status: 200, standardSchema: SessionView })
  @ApiResponse({ status: 429, description: 'Too many attempts; see Retry-After' })
  async update(
    @CallerOf() caller: Caller,
    @Body({ schema: UpdateAccount }) { currentPassword, password }: UpdateAccount,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionView> {
    this.#origins.requireSecure(request);
    const { account, session } = signedIn(caller);
    await this.#accounts.changePassword(account, session, currentPassword, password);
    await this.#audit.note(caller, { channel: null, action: 'account.password', target: account.name, detail: '' });
    return this.#browsers.open(request, reply, account);
  }

  @Get('sessions')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Where the account is signed in, newest first' })
  @ApiResponse({ status: 200, standardSchema: SessionList })
  async sessions(@CallerOf() caller: Caller): Promise<SessionList> {
    const { account, session } = signedIn(caller);
    return (await this.#sessions.list(account.id)).map((row) => ({
      id: row.id,
      current: row.id === session,
      createdAt: new Date(row.createdAtMs).toISOString(),
      lastSeenAt: new Date(row.lastSeenAtMs).toISOString(),
      userAgent: row.userAgent,
    }));
  }

  @Delete('sessions')
  @HttpCode(204)
  @ApiOperation({ summary: 'Sign out everywhere else' })
  async endOtherSessions(@CallerOf() caller: Caller): Promise<void> {
    const { account, session } = signedIn(caller);
    await this.#sessions.endOthers(account.id, session);
    await this.#audit.note(caller, {
      channel: null,
      action: 'session.end',
      target: account.name,
      detail: 'all others',
    });
  }

  @Delete('sessions/:id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Sign out elsewhere' })
  @ApiResponse({ status: 404, description: 'There is no such session' })
  async endSession(@CallerOf() caller: Caller, @Param('id') id: string): Promise<void> {
    const { account } = signedIn(caller);
    await this.#sessions.end(account.id, id);
    await this.#audit.note(caller, { channel: null, action: 'session.end', target: account.name, detail: '' });
  }
}

function signedIn({ account, session }: Caller): { account: NonNullable<Caller['account']>; session: string } {
  if (account === undefined || session === undefined) throw new SignInNeeded();
  return { account, session };
}
