import { Controller, Delete, Get, Options, Param, Patch, Post, Req, Res } from '@nestjs/common';
import { ApiOffer, ApiSessionPatch, ApiSessionRequest, SessionRequests } from '@weir/signalling';
import { ApiTags } from '@nestjs/swagger';
import { ChannelAccess } from '@weir/channels';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Subscribers } from './subscribers.js';

/** WHEP (draft-ietf-wish-whep-03): the endpoint that takes offers of players, and the sessions. */
@ApiTags('whep')
@Controller('whep')
export class WhepController {
  readonly #access: ChannelAccess;
  readonly #subscribers: Subscribers;
  readonly #requests: SessionRequests;

  constructor(access: ChannelAccess, subscribers: Subscribers, requests: SessionRequests) {
    this.#access = access;
    this.#subscribers = subscribers;
    this.#requests = requests;
  }

  @Post(':channel')
  @ApiOffer('Watch a channel', 403, 404, 409)
  async play(
    @Param('channel') name: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const leave = await this.#access.requireLeave(request, name);
    await this.#requests.open(this.#subscribers.create(leave), request, reply);
  }

  // draft-ietf-wish-whep, discoverability: HEAD tells the type of what is sent here, GET has the same headers.
  @Get(':channel')
  @ApiSessionRequest('Nothing; tells that offers of players may be sent here', 200)
  async probe(
    @Param('channel') name: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.#access.requireLeave(request, name);
    await reply.code(200).header('Content-Type', 'application/sdp').header('Content-Length', '0').send('');
  }

  @Options(':channel')
  @ApiSessionRequest('What may be sent here', 200)
  options(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    this.#requests.options(true, request, reply);
  }

  @Get('session/:secret')
  @ApiSessionRequest('Whether the session lasts', 204)
  probeSession(@Param('secret') secret: string, @Res() reply: FastifyReply): void {
    this.#requests.probe(secret, 'play', reply);
  }

  @Patch('session/:secret')
  @ApiSessionPatch()
  async patchSession(
    @Param('secret') secret: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.#requests.patch(secret, 'play', request, reply);
  }

  @Delete('session/:secret')
  @ApiSessionRequest('End the session', 200)
  endSession(@Param('secret') secret: string, @Res() reply: FastifyReply): void {
    this.#requests.remove(secret, 'play', reply);
  }

  @Options('session/:secret')
  @ApiSessionRequest('What may be sent here', 200)
  sessionOptions(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    this.#requests.options(false, request, reply);
  }
}
