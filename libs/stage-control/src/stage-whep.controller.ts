import { Controller, Options, Param, Post, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiCookieAuth, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ApiOffer, ApiSessionRequest, SessionRequests } from '@weir/signalling';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { StageAccess } from './stage-access.js';
import { StageSubscribers } from './stage-subscribers.js';

/** WHEP on a stage: each watches each of the others, and the program. */
@ApiTags('whep')
@ApiBearerAuth('guest-token')
@ApiBearerAuth('token')
@ApiCookieAuth('session')
@ApiResponse({ status: 401, description: 'Nobody is signed in, or the token does not hold' })
@Controller('whep/:channel/stage/:guest')
export class StageWhepController {
  readonly #access: StageAccess;
  readonly #subscribers: StageSubscribers;
  readonly #requests: SessionRequests;

  constructor(access: StageAccess, subscribers: StageSubscribers, requests: SessionRequests) {
    this.#access = access;
    this.#subscribers = subscribers;
    this.#requests = requests;
  }

  @Post()
  @ApiOffer(
    'Watch a guest, a screen (`<guest>-screen`), the `publisher` or the `program`, from the stage',
    403,
    404,
    409,
  )
  async play(
    @Param('channel') channel: string,
    @Param('guest') guest: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const visitor = await this.#access.visitor(request, channel);
    await this.#requests.open(this.#subscribers.create(visitor, channel, guest), request, reply);
  }

  @Options()
  @ApiSessionRequest('What may be sent here', 200)
  options(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    this.#requests.options(true, request, reply);
  }
}
