import { Body, Controller, Delete, Header, HttpCode, Param, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { AuditLog, type Caller, CallerOf, RequestOrigins, Requires } from '@weir/auth';
import { WatchRequest, WatchToken } from '@weir/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ChannelAccess } from './channel-access.js';
import { ChannelRegistry } from './channel-registry.js';
import { WatchCookies } from './watch-cookies.js';
import { hashOfWatchToken, isWatchToken, newWatchToken } from './watch-token.js';

/** The token that lets its holder watch a channel while it is private. */
@ApiTags('channels')
@ApiResponse({ status: 403, description: 'The caller is banned, or does not own the channel' })
@ApiResponse({ status: 404, description: 'There is no such channel, or the token is not its own' })
@Controller('api/channels/:name')
export class WatchController {
  readonly #channels: ChannelRegistry;
  readonly #access: ChannelAccess;
  readonly #cookies: WatchCookies;
  readonly #origins: RequestOrigins;
  readonly #audit: AuditLog;

  constructor(
    channels: ChannelRegistry,
    access: ChannelAccess,
    cookies: WatchCookies,
    origins: RequestOrigins,
    audit: AuditLog,
  ) {
    this.#channels = channels;
    this.#access = access;
    this.#cookies = cookies;
    this.#origins = origins;
    this.#audit = audit;
  }

  @Post('watch')
  @HttpCode(204)
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Let this browser watch a private channel, by its token; members need none' })
  @ApiResponse({ status: 204, description: 'It may watch' })
  async watch(
    @Param('name') name: string,
    @Body({ schema: WatchRequest.optional() }) body: WatchRequest | undefined,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    if (body?.token !== undefined) this.#origins.requireSecure(request);
    const row = this.#channels.get(name);
    const hasShown = row.visibility === 'private' && isWatchToken(row, body?.token);
    await this.#access.requireLeave(request, name, hasShown);
    if (hasShown) this.#cookies.set(request, reply, row);
  }

  @Post('watch-token')
  @UseGuards(Requires('channels:write'))
  @Header('Cache-Control', 'no-store')
  @ApiBearerAuth('token')
  @ApiOperation({ summary: 'Make a watch token, told this once; who watched by an older one watches no longer' })
  @ApiResponse({ status: 201, standardSchema: WatchToken })
  @ApiResponse({ status: 401, description: 'Nobody is signed in' })
  async create(@CallerOf() caller: Caller, @Param('name') name: string): Promise<WatchToken> {
    const token = newWatchToken();
    await this.#replace(caller, name, hashOfWatchToken(token), 'watch-token.create');
    return { token };
  }

  @Delete('watch-token')
  @UseGuards(Requires('channels:write'))
  @HttpCode(204)
  @ApiBearerAuth('token')
  @ApiOperation({ summary: 'End the watch token: only members watch from now on' })
  @ApiResponse({ status: 204, description: 'There is none' })
  @ApiResponse({ status: 401, description: 'Nobody is signed in' })
  async remove(@CallerOf() caller: Caller, @Param('name') name: string): Promise<void> {
    await this.#replace(caller, name, null, 'watch-token.revoke');
  }

  async #replace(caller: Caller, name: string, watchHash: Uint8Array | null, action: string): Promise<void> {
    this.#access.require(caller, name, 'owner', 'channels:write');
    await this.#channels.update(name, ({ watchEpoch }) => ({ watchHash, watchEpoch: watchEpoch + 1 }));
    await this.#audit.note(caller, { channel: name, action, target: name, detail: '' });
  }
}
