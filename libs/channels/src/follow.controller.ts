import { Controller, Delete, HttpCode, Param, Put, Req, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { type Caller, CallerOf, requireScope, SignInNeeded, Requires } from '@weir/auth';
import type { FastifyRequest } from 'fastify';
import { ChannelAccess } from './channel-access.js';
import { Follows } from './follows.js';

/** Following a channel. */
@ApiTags('channels')
@ApiBearerAuth('token')
@ApiResponse({ status: 204, description: 'It is so' })
@ApiResponse({ status: 401, description: 'Nobody is signed in' })
@ApiResponse({ status: 403, description: 'The caller is banned from the channel' })
@ApiResponse({ status: 404, description: 'There is no such channel' })
@Controller('api/channels/:name/follow')
export class FollowController {
  readonly #access: ChannelAccess;
  readonly #follows: Follows;

  constructor(access: ChannelAccess, follows: Follows) {
    this.#access = access;
    this.#follows = follows;
  }

  @Put()
  @UseGuards(Requires('channels:write'))
  @HttpCode(204)
  @ApiOperation({ summary: 'Follow a channel' })
  async follow(@CallerOf() caller: Caller, @Param('name') name: string, @Req() request: FastifyRequest): Promise<void> {
    await this.#access.requireWatch(request, name);
    await this.#follows.add(name, accountOf(caller));
  }

  @Delete()
  @UseGuards(Requires('channels:write'))
  @HttpCode(204)
  @ApiOperation({ summary: 'Follow a channel no longer' })
  async unfollow(
    @CallerOf() caller: Caller,
    @Param('name') name: string,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    await this.#access.requireWatch(request, name);
    await this.#follows.remove(name, accountOf(caller));
  }
}

function accountOf(caller: Caller): string {
  requireScope(caller, 'channels:write');
  if (caller.account === undefined) throw new SignInNeeded();
  return caller.account.id;
}
