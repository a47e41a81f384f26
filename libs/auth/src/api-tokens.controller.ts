import { Body, Controller, Delete, Get, Header, HttpCode, Param, Post, UseGuards } from '@nestjs/common';
import { ApiCookieAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ApiTokenList, type ApiTokenSummary, CreateApiToken, CreatedApiToken } from '@weir/contract';
import type { ApiTokenRow } from '@weir/store';
import { timeOrNull } from './account-view.js';
import { ApiTokens, knownScopes } from './api-tokens.js';
import { AuditLog } from './audit-log.js';
import { type Caller, SignInNeeded } from './caller.js';
import { CallerOf } from './caller-of.js';
import { Sessions } from './sessions.js';
import { SignedInGuard } from './signed-in.guard.js';

/** The API tokens of an account, which tokens themselves can neither see nor make. */
@ApiTags('account')
@ApiCookieAuth('session')
@ApiResponse({ status: 401, description: 'Nobody is signed in' })
@ApiResponse({ status: 403, description: 'No page of ours asks, or a token does' })
@UseGuards(SignedInGuard)
@Controller('api/account/tokens')
export class ApiTokensController {
  readonly #audit: AuditLog;
  readonly #sessions: Sessions;
  readonly #tokens: ApiTokens;

  constructor(audit: AuditLog, sessions: Sessions, tokens: ApiTokens) {
    this.#audit = audit;
    this.#sessions = sessions;
    this.#tokens = tokens;
  }

  @Get()
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'The API tokens of the account, without their values' })
  @ApiResponse({ status: 200, standardSchema: ApiTokenList })
  async list(@CallerOf() caller: Caller): Promise<ApiTokenList> {
    return (await this.#tokens.list(accountOf(caller))).map(summary);
  }

  @Post()
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Make an API token; its value is told this once, as token' })
  @ApiResponse({ status: 201, standardSchema: CreatedApiToken })
  async create(
    @CallerOf() caller: Caller,
    @Body({ schema: CreateApiToken }) { label, scopes, expiresInSeconds }: CreateApiToken,
  ): Promise<CreatedApiToken> {
    const expiresAtMs = expiresInSeconds === undefined ? undefined : Date.now() + expiresInSeconds * 1000;
    const { token, row } = await this.#tokens.create(accountOf(caller), label, scopes, expiresAtMs);
    const detail = row.scopes.join(' ');
    await this.#audit.note(caller, { channel: null, action: 'token.create', target: label, detail });
    return { ...summary(row), token };
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Revoke an API token for good' })
  @ApiResponse({ status: 404, description: 'There is no such token' })
  async revoke(@CallerOf() caller: Caller, @Param('id') id: string): Promise<void> {
    await this.#tokens.revoke(accountOf(caller), id);
    this.#sessions.events.emit('ended', accountOf(caller), undefined);
    await this.#audit.note(caller, { channel: null, action: 'token.revoke', target: id, detail: '' });
  }
}

function accountOf({ account }: Caller): string {
  if (account === undefined) throw new SignInNeeded();
  return account.id;
}

function summary(row: ApiTokenRow): ApiTokenSummary {
  return {
    id: row.id,
    label: row.label,
    scopes: knownScopes(row.scopes),
    createdAt: new Date(row.createdAtMs).toISOString(),
    expiresAt: timeOrNull(row.expiresAtMs),
    lastUsedAt: timeOrNull(row.lastUsedAtMs),
    revokedAt: timeOrNull(row.revokedAtMs),
  };
}
