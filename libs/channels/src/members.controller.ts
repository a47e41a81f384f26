import { Body, Controller, Delete, Get, Header, HttpCode, Param, Put, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { AuditLog, type Caller, CallerOf, Requires } from '@weir/auth';
import { Member, MemberList, SetMember } from '@weir/contract';
import { Database } from '@weir/store';
import { Bans } from './bans.js';
import { ChannelAccess } from './channel-access.js';
import { Members, MemberUnknown } from './members.js';

/** Thrown when somebody who is banned is to have a role. */
export class MemberBanned extends Error {
  constructor() {
    super('The account is banned from the channel: lift the ban first.');
    this.name = 'MemberBanned';
  }
}

/** Who has a role in a channel. */
@ApiTags('members')
@ApiBearerAuth('token')
@ApiResponse({ status: 401, description: 'Nobody is signed in' })
@ApiResponse({ status: 403, description: 'The caller is not enough in the channel' })
@ApiResponse({ status: 404, description: 'There is no such channel, member or account' })
@Controller('api/channels/:name/members')
export class MembersController {
  readonly #database: Database;
  readonly #access: ChannelAccess;
  readonly #members: Members;
  readonly #bans: Bans;
  readonly #audit: AuditLog;

  constructor(database: Database, access: ChannelAccess, members: Members, bans: Bans, audit: AuditLog) {
    this.#database = database;
    this.#access = access;
    this.#members = members;
    this.#bans = bans;
    this.#audit = audit;
  }

  @Get()
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'The members of a channel, for its owners and moderators' })
  @ApiResponse({ status: 200, standardSchema: MemberList })
  async list(@CallerOf() caller: Caller, @Param('name') name: string): Promise<MemberList> {
    this.#access.require(caller, name, 'moderator', 'channels:read');
    return this.#list(name);
  }

  @Put(':account')
  @UseGuards(Requires('members:write'))
  @ApiOperation({ summary: 'Give an account a role in place of the one that it has; for owners' })
  @ApiParam({ name: 'account', description: 'Id of the account' })
  @ApiResponse({ status: 200, standardSchema: Member })
  @ApiResponse({ status: 409, description: 'The channel would have no owner, or the account is banned from it' })
  async set(
    @CallerOf() caller: Caller,
    @Param('name') name: string,
    @Param('account') account: string,
    @Body({ schema: SetMember }) { role }: SetMember,
  ): Promise<Member> {
    this.#access.require(caller, name, 'owner', 'members:write');
    if (this.#bans.isBanned(name, `a:${account}`)) throw new MemberBanned();
    await this.#members.set(name, account, role);
    await this.#audit.note(caller, { channel: name, action: 'member.set', target: account, detail: role });
    const member = (await this.#list(name)).find((candidate) => candidate.account === account);
    if (member === undefined) throw new MemberUnknown();
    return member;
  }

  @Delete(':account')
  @UseGuards(Requires('members:write'))
  @HttpCode(204)
  @ApiOperation({ summary: 'Take a role away, for owners, or give up the own one' })
  @ApiParam({ name: 'account', description: 'Id of the account' })
  @ApiResponse({ status: 204, description: 'The account has no role in the channel' })
  @ApiResponse({ status: 409, description: 'The channel would have no owner' })
  async remove(
    @CallerOf() caller: Caller,
    @Param('name') name: string,
    @Param('account') account: string,
  ): Promise<void> {
    this.#access.require(caller, name, caller.account?.id === account ? 'viewer' : 'owner', 'members:write');
    await this.#members.remove(name, account);
    await this.#audit.note(caller, { channel: name, action: 'member.remove', target: account, detail: '' });
  }

  async #list(channel: string): Promise<MemberList> {
    const names = await this.#database.members.names(channel);
    return this.#members.list(channel).map(({ account, role, sinceMs }) => ({
      account,
      name: names.get(account) ?? '',
      role,
      since: new Date(sinceMs).toISOString(),
    }));
  }
}
