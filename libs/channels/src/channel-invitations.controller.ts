import { Body, Controller, Delete, Get, Header, HttpCode, Param, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { AuditLog, type Caller, CallerOf, Invitations, Requires } from '@weir/auth';
import { CreatedInvitation, CreateInvitation, InvitationList } from '@weir/contract';
import { ChannelAccess } from './channel-access.js';

/** The invitations to a channel, for its owners. */
@ApiTags('members')
@ApiBearerAuth('token')
@ApiResponse({ status: 401, description: 'Nobody is signed in' })
@ApiResponse({ status: 403, description: 'The caller does not own the channel' })
@ApiResponse({ status: 404, description: 'There is no such channel or invitation' })
@Controller('api/channels/:name/invitations')
export class ChannelInvitationsController {
  readonly #access: ChannelAccess;
  readonly #invitations: Invitations;
  readonly #audit: AuditLog;

  constructor(access: ChannelAccess, invitations: Invitations, audit: AuditLog) {
    this.#access = access;
    this.#invitations = invitations;
    this.#audit = audit;
  }

  @Get()
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'The invitations to a channel, newest first, without their codes' })
  @ApiResponse({ status: 200, standardSchema: InvitationList })
  async list(@CallerOf() caller: Caller, @Param('name') name: string): Promise<InvitationList> {
    this.#access.require(caller, name, 'owner', 'members:write');
    return this.#invitations.list(name);
  }

  @Post()
  @UseGuards(Requires('members:write'))
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Invite to a role; the code is told this once' })
  @ApiResponse({ status: 201, standardSchema: CreatedInvitation })
  async create(
    @CallerOf() caller: Caller,
    @Param('name') name: string,
    @Body({ schema: CreateInvitation }) body: CreateInvitation,
  ): Promise<CreatedInvitation> {
    this.#access.require(caller, name, 'owner', 'members:write');
    const made = await this.#invitations.create(caller, name, body);
    const note = { channel: name, action: 'invitation.create', target: made.id, detail: made.role };
    await this.#audit.note(caller, note);
    return made;
  }

  @Delete(':id')
  @UseGuards(Requires('members:write'))
  @HttpCode(204)
  @ApiOperation({ summary: 'Revoke an invitation for good; who has taken it stays' })
  @ApiResponse({ status: 204, description: 'Nobody can take it any more' })
  async revoke(@CallerOf() caller: Caller, @Param('name') name: string, @Param('id') id: string): Promise<void> {
    this.#access.require(caller, name, 'owner', 'members:write');
    await this.#invitations.revoke(name, id);
    await this.#audit.note(caller, { channel: name, action: 'invitation.revoke', target: id, detail: '' });
  }
}
