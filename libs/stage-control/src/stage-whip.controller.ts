import { Controller, Options, Param, Post, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiResponse, ApiTags } from '@nestjs/swagger';
import { SignInNeeded } from '@weir/auth';
import { ChannelUnknown } from '@weir/channels';
import { ApiOffer, ApiSessionRequest, SessionRequests } from '@weir/signalling';
import { isChannelName } from '@weir/whip';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { GuestSource } from './guest.js';
import { StageAccess } from './stage-access.js';
import { StagePublishers } from './stage-publishers.js';

/** WHIP of guests: camera and microphone, and a screen beside. */
@ApiTags('whip')
@ApiBearerAuth('guest-token')
@ApiResponse({ status: 401, description: 'No guest token, or one that does not hold' })
@ApiResponse({ status: 403, description: 'The token is for another stage, or came over plain HTTP' })
@Controller('whip/:channel/stage')
export class StageWhipController {
  readonly #access: StageAccess;
  readonly #publishers: StagePublishers;
  readonly #requests: SessionRequests;

  constructor(access: StageAccess, publishers: StagePublishers, requests: SessionRequests) {
    this.#access = access;
    this.#publishers = publishers;
    this.#requests = requests;
  }

  @Post()
  @ApiOffer('Send camera and microphone to the stage, as a guest')
  publish(
    @Param('channel') channel: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.#open(channel, 'camera', request, reply);
  }

  @Post('screen')
  @ApiOffer('Share a screen with the stage, as a guest')
  share(@Param('channel') channel: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.#open(channel, 'screen', request, reply);
  }

  @Options(['', 'screen'])
  @ApiSessionRequest('What may be sent here; with a guest token also the STUN and TURN servers', 200)
  options(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    this.#requests.options(this.#isGuest(request), request, reply);
  }

  async #open(channel: string, source: GuestSource, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    if (!isChannelName(channel)) throw new ChannelUnknown(channel);
    const guest = this.#access.guestOf(request);
    if (guest === undefined) throw new SignInNeeded();
    this.#access.requireStageOf(guest, channel);
    await this.#requests.open(this.#publishers.create(guest, source), request, reply);
  }

  #isGuest(request: FastifyRequest): boolean {
    try {
      return this.#access.guestOf(request) !== undefined;
    } catch {
      return false;
    }
  }
}
