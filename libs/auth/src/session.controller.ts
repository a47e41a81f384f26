import { Body, Controller, Delete, Get, Header, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { SessionView, SignIn } from '@weir/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Accounts } from './accounts.js';
import { AuditLog } from './audit-log.js';
import { BrowserSessions } from './browser-sessions.js';
import { KnownBrowsers } from './known-browsers.js';
import { RequestOrigins } from './request-origin.js';
import { SignInLimits, TooManyAttempts } from './sign-in-limits.js';

/** Signing in and out, and who the page speaks for. */
@ApiTags('session')
@Controller('api/session')
export class SessionController {
  readonly #accounts: Accounts;
  readonly #audit: AuditLog;
  readonly #browsers: BrowserSessions;
  readonly #known: KnownBrowsers;
  readonly #limits: SignInLimits;
  readonly #origins: RequestOrigins;

  constructor(
    accounts: Accounts,
    audit: AuditLog,
    browsers: BrowserSessions,
    known: KnownBrowsers,
    limits: SignInLimits,
    origins: RequestOrigins,
  ) {
    this.#accounts = accounts;
    this.#audit = audit;
    this.#browsers = browsers;
    this.#known = known;
    this.#limits = limits;
    this.#origins = origins;
  }

  @Get()
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Who the page speaks for; a browser that is nobody is made a guest by a cookie' })
  @ApiResponse({ status: 200, standardSchema: SessionView })
  look(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<SessionView> {
    return this.#browsers.look(request, reply);
  }

  @Post()
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Sign in; answers with the cookie of a new session' })
  @ApiResponse({ status: 200, standardSchema: SessionView })
  @ApiResponse({ status: 401, description: 'The name or the password is wrong' })
  @ApiResponse({ status: 403, description: 'From a page of another site, or over plain HTTP from a public address' })
  @ApiResponse({ status: 429, description: 'Too many attempts; see Retry-After' })
  async signIn(
    @Body({ schema: SignIn }) body: SignIn,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionView> {
    this.#origins.requireSecure(request);
    const { address } = this.#origins.of(request);
    await this.#limits.attempt('sign-in', address);
    const account = await this.#accounts.signIn(body, this.#known.of(request)).catch(async (error: unknown) => {
      if (error instanceof TooManyAttempts && error.isLock) await this.#noteLock(body.name, address);
      throw error;
    });
    this.#known.remember(request, reply, account.id);
    const view = await this.#browsers.open(request, reply, account);
    const actor = { key: `a:${account.id}`, name: account.name };
    await this.#audit.note(actor, { channel: null, action: 'session.open', target: account.name, detail: address });
    return view;
  }

  @Delete()
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Sign out' })
  @ApiResponse({ status: 200, standardSchema: SessionView })
  signOut(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<SessionView> {
    return this.#browsers.close(request, reply);
  }

  async #noteLock(name: string, address: string): Promise<void> {
    // what is no account's name may be a password in the wrong field
    const target = (await this.#accounts.isNameTaken(name)) ? name : '';
    const nobody = { key: '', name: '' };
    await this.#audit.note(nobody, { channel: null, action: 'session.lock', target, detail: address });
  }
}
