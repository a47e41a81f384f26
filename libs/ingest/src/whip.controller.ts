import { Controller, Delete, Get, HttpCode, Options, Param, Patch, Post, Put, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiExcludeEndpoint, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { RequestOrigins, StreamKeys, type VerifiedStreamKey } from '@weir/auth';
import { ChannelUnknown } from '@weir/channels';
import { ApiOffer, ApiSessionPatch, ApiSessionRequest, MethodNotAllowed, SessionRequests } from '@weir/signalling';
import { DatabaseUnavailable } from '@weir/store';
import { bearerToken, isChannelName } from '@weir/whip';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Publishers } from './publishers.js';

const endpointMethods = ['GET', 'HEAD', 'OPTIONS', 'POST'];

/** WHIP (RFC 9725): the endpoints that take offers, and the sessions. */
@ApiTags('whip')
@Controller('whip')
export class WhipController {
  readonly #publishers: Publishers;
  readonly #requests: SessionRequests;
  readonly #keys: StreamKeys;
  readonly #origins: RequestOrigins;

  constructor(publishers: Publishers, requests: SessionRequests, keys: StreamKeys, origins: RequestOrigins) {
    this.#publishers = publishers;
    this.#requests = requests;
    this.#keys = keys;
    this.#origins = origins;
  }

  @Post(['', ':channel'])
  @ApiBearerAuth('stream-key')
  @ApiOffer('Publish on a channel; without a name on the one that the stream key names')
  @ApiResponse({ status: 401, description: 'No stream key or one that is not valid' })
  @ApiResponse({ status: 403, description: 'The key is for another channel, rests, or came over plain HTTP' })
  async publish(
    @Param('channel') name: string | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const key = await this.#authenticate(name, request);
    await this.#requests.open(this.#publishers.create(key, request.headers['user-agent']), request, reply);
  }

  @Get(['', ':channel'])
  @HttpCode(204)
  @ApiOperation({ summary: 'Nothing; tells that offers may be sent here' })
  probe(@Param('channel') name: string | undefined): void {
    requireName(name);
  }

  @Options(['', ':channel'])
  @ApiOperation({ summary: 'What may be sent here; with a stream key also the STUN and TURN servers' })
  async options(
    @Param('channel') name: string | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    this.#requests.options(await this.#holdsKey(name, request), request, reply);
  }

  @Put(['', ':channel'])
  @ApiExcludeEndpoint()
  refusePut(@Param('channel') name: string | undefined, @Req() request: FastifyRequest): Promise<never> {
    return this.#refuse(name, request);
  }

  @Patch(['', ':channel'])
  @ApiExcludeEndpoint()
  refusePatch(@Param('channel') name: string | undefined, @Req() request: FastifyRequest): Promise<never> {
    return this.#refuse(name, request);
  }

  @Delete(['', ':channel'])
  @ApiExcludeEndpoint()
  refuseDelete(@Param('channel') name: string | undefined, @Req() request: FastifyRequest): Promise<never> {
    return this.#refuse(name, request);
  }

  @Get('session/:secret')
  @ApiSessionRequest('Whether the session lasts', 204)
  probeSession(@Param('secret') secret: string, @Res() reply: FastifyReply): void {
    this.#requests.probe(secret, 'publish', reply);
  }

  @Patch('session/:secret')
  @ApiSessionPatch()
  async patchSession(
    @Param('secret') secret: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.#requests.patch(secret, 'publish', request, reply);
  }

  @Delete('session/:secret')
  @ApiSessionRequest('End the session', 200)
  endSession(@Param('secret') secret: string, @Res() reply: FastifyReply): void {
    this.#requests.remove(secret, 'publish', reply);
  }

  @Options('session/:secret')
  @ApiSessionRequest('What may be sent here', 200)
  sessionOptions(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    this.#requests.options(false, request, reply);
  }

  async #authenticate(name: string | undefined, request: FastifyRequest): Promise<VerifiedStreamKey> {
    requireName(name);
    const key = bearerToken(request.headers.authorization);
    if (key !== undefined) this.#origins.requireSecure(request);
    return name === undefined ? this.#keys.verify(key) : this.#keys.verifyFor(name, key);
  }

  async #holdsKey(name: string | undefined, request: FastifyRequest): Promise<boolean> {
    try {
      await this.#authenticate(name, request);
      return true;
    } catch (error) {
      if (error instanceof DatabaseUnavailable) throw error;
      return false;
    }
  }

  async #refuse(name: string | undefined, request: FastifyRequest): Promise<never> {
    await this.#authenticate(name, request);
    throw new MethodNotAllowed(endpointMethods);
  }
}

function requireName(name: string | undefined): void {
  if (name !== undefined && !isChannelName(name)) throw new ChannelUnknown(name);
}
