import { Body, Controller, Header, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { SessionView, SignUp } from '@weir/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AuditLog } from './audit-log.js';
import { BrowserSessions } from './browser-sessions.js';
import { KnownBrowsers } from './known-browsers.js';
import { RequestOrigins } from './request-origin.js';
import { SignInLimits } from './sign-in-limits.js';
import { SignUps } from './sign-ups.js';

/** Making an account. */
@ApiTags('accounts')
@Controller('api/accounts')
export class SignUpController {
  readonly #audit: AuditLog;
  readonly #browsers: BrowserSessions;
  readonly #known: KnownBrowsers;
  readonly #limits: SignInLimits;
  readonly #origins: RequestOrigins;
  readonly #signUps: SignUps;

  constructor(
    audit: AuditLog,
    browsers: BrowserSessions,
    known: KnownBrowsers,
    limits: SignInLimits,
    origins: RequestOrigins,
    signUps: SignUps,
  ) {
    this.#audit = audit;
    this.#browsers = browsers;
    this.#known = known;
    this.#limits = limits;
    this.#origins = origins;
    this.#signUps = signUps;
  }

  @Post()
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Make an account, by the setup link, by an invitation or where sign-up is open; signs in' })
  @ApiResponse({ status: 201, standardSchema: SessionView })
  @ApiResponse({ status: 403, description: 'The code does not hold, or one is needed' })
  @ApiResponse({ status: 409, description: 'The name is taken' })
  @ApiResponse({ status: 429, description: 'Too many attempts; see Retry-After' })
  async signUp(
    @Body({ schema: SignUp }) body: SignUp,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionView> {
    this.#origins.requireSecure(request);
    await this.#limits.attempt('sign-up', this.#origins.of(request).address);
    const account = await this.#signUps.create(body);
    this.#known.remember(request, reply, account.id);
    const view = await this.#browsers.open(request, reply, account);
    const detail = body.setup === undefined ? (body.invitation === undefined ? 'open' : 'invitation') : 'setup';
    const actor = { key: `a:${account.id}`, name: account.name };
    await this.#audit.note(actor, { channel: null, action: 'account.create', target: account.name, detail });
    return view;
  }
}
