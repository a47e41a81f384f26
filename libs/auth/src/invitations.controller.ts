import { Body, Controller, Delete, Get, Header, HttpCode, Param, Post, Req, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiCookieAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CreatedInvitation, CreateInvitation, InvitationCode, InvitationList, InvitationOffer } from '@weir/contract';
import type { FastifyRequest } from 'fastify';
import { AuditLog } from './audit-log.js';
import { type Caller, SignInNeeded } from './caller.js';
import { CallerOf } from './caller-of.js';
import { Invitations } from './invitations.js';
import { RequestOrigins } from './request-origin.js';
import { Requires } from './requires.guard.js';
import { SignedInGuard } from './signed-in.guard.js';
import { SignInLimits } from './sign-in-limits.js';

/** Invitations to the server, for administrators, and what anybody does with the code of one. */
@ApiTags('invitations')
@Controller('api/invitations')
export class InvitationsController {
  readonly #audit: AuditLog;
  readonly #invitations: Invitations;
  readonly #limits: SignInLimits;
  readonly #origins: RequestOrigins;

  constructor(audit: AuditLog, invitations: Invitations, limits: SignInLimits, origins: RequestOrigins) {
    this.#audit = audit;
    this.#invitations = invitations;
    this.#limits = limits;
    this.#origins = origins;
  }

  @Get()
  @UseGuards(Requires('server:read', { admin: true }))
  @ApiBearerAuth('token')
  @ApiCookieAuth('session')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'The invitations to the server, newest first, without their codes' })
  @ApiResponse({ status: 200, standardSchema: InvitationList })
  @ApiResponse({ status: 401, description: 'Nobody is signed in' })
  @ApiResponse({ status: 403, description: 'Not an administrator, or a token without server:read' })
  list(): Promise<InvitationList> {
    return this.#invitations.list(null);
  }

  @Post()
  @UseGuards(Requires('server:write', { admin: true }))
  @ApiBearerAuth('token')
  @ApiCookieAuth('session')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Invite to the server: who takes it may make channels; its code is told this once' })
  @ApiResponse({ status: 201, standardSchema: CreatedInvitation })
  @ApiResponse({ status: 401, description: 'Nobody is signed in' })
  @ApiResponse({ status: 403, description: 'Not an administrator, or a token without server:write' })
  async create(
    @CallerOf() caller: Caller,
    @Body({ schema: CreateInvitation }) body: CreateInvitation,
  ): Promise<CreatedInvitation> {
    const invitation = await this.#invitations.create(caller, null, { ...body, role: 'viewer' });
    const { note: detail } = invitation;
    await this.#audit.note(caller, { channel: null, action: 'invitation.create', target: invitation.id, detail });
    return invitation;
  }

  @Delete(':id')
  @UseGuards(Requires('server:write', { admin: true }))
  @HttpCode(204)
  @ApiBearerAuth('token')
  @ApiCookieAuth('session')
  @ApiOperation({ summary: 'Revoke an invitation to the server for good' })
  @ApiResponse({ status: 401, description: 'Nobody is signed in' })
  @ApiResponse({ status: 403, description: 'Not an administrator, or a token without server:write' })
  @ApiResponse({ status: 404, description: 'There is no such invitation' })
  async revoke(@CallerOf() caller: Caller, @Param('id') id: string): Promise<void> {
    await this.#invitations.revoke(null, id);
    await this.#audit.note(caller, { channel: null, action: 'invitation.revoke', target: id, detail: '' });
  }

  @Post('look')
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'What an invitation offers, for who holds its code' })
  @ApiResponse({ status: 200, standardSchema: InvitationOffer })
  @ApiResponse({ status: 403, description: 'The invitation does not hold' })
  @ApiResponse({ status: 429, description: 'Too many attempts; see Retry-After' })
  async look(
    @Req() request: FastifyRequest,
    @Body({ schema: InvitationCode }) { code }: InvitationCode,
  ): Promise<InvitationOffer> {
    await this.#limits.attempt('code', this.#origins.of(request).address);
    return this.#invitations.look(code);
  }

  @Post('accept')
  @UseGuards(SignedInGuard)
  @HttpCode(200)
  @ApiCookieAuth('session')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Take an invitation for the account that is signed in' })
  @ApiResponse({ status: 200, standardSchema: InvitationOffer })
  @ApiResponse({ status: 401, description: 'Nobody is signed in' })
  @ApiResponse({ status: 403, description: 'The invitation does not hold' })
  @ApiResponse({ status: 429, description: 'Too many attempts; see Retry-After' })
  async accept(
    @CallerOf() caller: Caller,
    @Req() request: FastifyRequest,
    @Body({ schema: InvitationCode }) { code }: InvitationCode,
  ): Promise<InvitationOffer> {
    await this.#limits.attempt('code', this.#origins.of(request).address);
    if (caller.account === undefined) throw new SignInNeeded();
    const offer = await this.#invitations.look(code);
    const row = await this.#invitations.find(code);
    if (await this.#invitations.take(row, caller.account)) {
      const { channel, role } = offer;
      await this.#audit.note(caller, { channel, action: 'invitation.accept', target: row.id, detail: role });
    }
    return offer;
  }
}
