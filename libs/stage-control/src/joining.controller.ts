import { Body, Controller, Delete, Get, Header, HttpCode, Param, Patch, Post, Req, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiCookieAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { type Caller, CallerOf, Requires, SignInNeeded } from '@weir/auth';
import { JoinedStage, JoinStage, JoinStageAsMember, StageSelf, UpdateSelf } from '@weir/contract';
import type { FastifyRequest } from 'fastify';
import type { Guest } from './guest.js';
import { Joining } from './joining.js';
import { StageAccess } from './stage-access.js';
import { StageDesk } from './stage-desk.js';
import { GuestGuard } from './stage-guards.js';

/** Coming to a stage, and what a guest does about himself. */
@ApiTags('stage')
@Controller('api')
export class JoiningController {
  readonly #joining: Joining;
  readonly #access: StageAccess;
  readonly #desk: StageDesk;

  constructor(joining: Joining, access: StageAccess, desk: StageDesk) {
    this.#joining = joining;
    this.#access = access;
    this.#desk = desk;
  }

  @Post('stage/join')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({
    summary: 'Come to a stage by an invitation for guests, without an account; the token is told this once',
  })
  @ApiResponse({ status: 201, standardSchema: JoinedStage })
  @ApiResponse({ status: 403, description: 'The invitation does not hold, or is none for guests' })
  @ApiResponse({ status: 409, description: 'No more people fit on the stage' })
  @ApiResponse({ status: 429, description: 'Too many attempts from this network' })
  join(@Req() request: FastifyRequest, @Body({ schema: JoinStage }) body: JoinStage): Promise<JoinedStage> {
    return this.#joining.byInvitation(request, body);
  }

  @Post('channels/:name/stage/join')
  @UseGuards(Requires('stage:write'))
  @Header('Cache-Control', 'no-store')
  @ApiBearerAuth('token')
  @ApiCookieAuth('session')
  @ApiOperation({ summary: 'Come to a stage as a member who is a guest or more; the token is told this once' })
  @ApiResponse({ status: 201, standardSchema: JoinedStage })
  @ApiResponse({ status: 401, description: 'Nobody is signed in' })
  @ApiResponse({ status: 403, description: 'The caller is no guest of the channel, or was sent away' })
  @ApiResponse({ status: 404, description: 'There is no such channel' })
  @ApiResponse({ status: 409, description: 'No more people fit on the stage' })
  @ApiResponse({ status: 429, description: 'Too many attempts' })
  joinAsMember(
    @CallerOf() caller: Caller,
    @Param('name') name: string,
    @Body({ schema: JoinStageAsMember }) body: JoinStageAsMember,
  ): Promise<JoinedStage> {
    return this.#joining.asMember(caller, name, body);
  }

  @Get('stage/me')
  @Header('Cache-Control', 'no-store')
  @ApiBearerAuth('guest-token')
  @ApiOperation({ summary: 'Who the holder of a guest token is' })
  @ApiResponse({ status: 200, standardSchema: StageSelf })
  @ApiResponse({ status: 401, description: 'The token does not hold' })
  self(@Req() request: FastifyRequest): StageSelf {
    return selfOf(this.#guest(request));
  }

  @Patch('stage/me')
  @UseGuards(GuestGuard)
  @ApiBearerAuth('guest-token')
  @ApiOperation({ summary: 'Change how one is called, mute oneself or end that; what is left out stays' })
  @ApiResponse({ status: 200, standardSchema: StageSelf })
  @ApiResponse({ status: 401, description: 'The token does not hold' })
  update(@Req() request: FastifyRequest, @Body({ schema: UpdateSelf }) body: UpdateSelf): StageSelf {
    const guest = this.#guest(request);
    this.#desk.updateSelf(guest, body);
    return selfOf(guest);
  }

  @Delete('stage/me')
  @HttpCode(204)
  @ApiBearerAuth('guest-token')
  @ApiOperation({ summary: 'Leave the stage: the token holds no more' })
  @ApiResponse({ status: 204, description: 'Left' })
  @ApiResponse({ status: 401, description: 'The token does not hold' })
  leave(@Req() request: FastifyRequest): void {
    this.#desk.leave(this.#guest(request));
  }

  #guest(request: FastifyRequest): Guest {
    const guest = this.#access.guestOf(request);
    if (guest === undefined) throw new SignInNeeded();
    return guest;
  }
}

function selfOf({ channel, id, name, isMuted }: Guest): StageSelf {
  return { channel, guest: id, name, muted: isMuted };
}
