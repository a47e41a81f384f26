import { Controller, Delete, Get, HttpCode, Inject, Param, Put, Req, Res, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import { AuditLog, type Caller, CallerOf, readBytes, Requires } from '@weir/auth';
import { Channel } from '@weir/contract';
import type { Avatar } from '@weir/store';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AvatarInvalid, readAvatar } from './avatar-image.js';
import { Avatars } from './avatars.js';
import { ChannelAccess } from './channel-access.js';
import { ChannelView } from './channel-view.js';
import { CHANNELS_OPTIONS, type ChannelsOptions } from './channels-options.js';

const MAX_BYTES = 524_288;
const types = ['image/png', 'image/jpeg', 'image/webp'];
// a picture that is opened as a page can do nothing there
const policy = "default-src 'none'; sandbox; frame-ancestors 'none'";

/** The picture that stands for a channel. */
@ApiTags('channels')
@ApiResponse({ status: 404, description: 'There is no such channel, or it has no avatar' })
@Controller('api/channels/:name/avatar')
export class AvatarController {
  readonly #avatars: Avatars;
  readonly #access: ChannelAccess;
  readonly #view: ChannelView;
  readonly #audit: AuditLog;
  readonly #bodyTimeoutMs: number;

  constructor(
    avatars: Avatars,
    access: ChannelAccess,
    view: ChannelView,
    audit: AuditLog,
    @Inject(CHANNELS_OPTIONS) { bodyTimeoutMs }: ChannelsOptions,
  ) {
    this.#avatars = avatars;
    this.#access = access;
    this.#view = view;
    this.#audit = audit;
    this.#bodyTimeoutMs = bodyTimeoutMs;
  }

  @Get()
  @ApiOperation({ summary: 'The avatar of a channel' })
  @ApiProduces(...types)
  @ApiResponse({ status: 200, description: 'The picture' })
  @ApiResponse({ status: 304, description: 'It is the one that If-None-Match names' })
  async get(
    @Param('name') name: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer | undefined> {
    const row = await this.#access.requireWatch(request, name);
    const { avatarTag, visibility } = row;
    const avatar = await this.#avatars.of(row);
    reply.headers({
      ETag: `"${avatarTag}"`,
      'Cache-Control': `${visibility === 'private' ? 'private' : 'public'}, max-age=300`,
      'Content-Security-Policy': policy,
      'X-Content-Type-Options': 'nosniff',
      'Cross-Origin-Resource-Policy': visibility === 'private' ? 'same-origin' : 'cross-origin',
    });
    if (request.headers['if-none-match']?.includes(`"${avatarTag}"`) === true) {
      reply.code(304);
      return undefined;
    }
    reply.header('Content-Type', avatar.type);
    return Buffer.from(avatar.bytes);
  }

  @Put()
  @UseGuards(Requires('channels:write'))
  @ApiBearerAuth('token')
  @ApiOperation({ summary: 'Set the avatar: at most 512 KiB and 4096 by 4096 pixels' })
  @ApiConsumes(...types)
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiResponse({ status: 200, standardSchema: Channel })
  @ApiResponse({ status: 400, description: 'It is no such picture, or too many pixels' })
  @ApiResponse({ status: 401, description: 'Nobody is signed in' })
  @ApiResponse({ status: 403, description: 'The caller does not own the channel' })
  @ApiResponse({ status: 413, description: 'It is too many bytes' })
  async set(@CallerOf() caller: Caller, @Param('name') name: string, @Req() request: FastifyRequest): Promise<Channel> {
    this.#access.require(caller, name, 'owner', 'channels:write');
    const declared = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? '';
    if (!types.includes(declared)) throw new AvatarInvalid(`its Content-Type must be ${types.join(' or ')}`);
    const bytes = await readBytes(request.raw, MAX_BYTES, this.#bodyTimeoutMs);
    const { type, width, height } = readAvatar(bytes);
    return this.#keep(caller, name, { type, bytes }, `${type} ${width}x${height}`);
  }

  @Delete()
  @UseGuards(Requires('channels:write'))
  @HttpCode(200)
  @ApiBearerAuth('token')
  @ApiOperation({ summary: 'Remove the avatar' })
  @ApiResponse({ status: 200, standardSchema: Channel })
  @ApiResponse({ status: 401, description: 'Nobody is signed in' })
  @ApiResponse({ status: 403, description: 'The caller does not own the channel' })
  async remove(@CallerOf() caller: Caller, @Param('name') name: string): Promise<Channel> {
    this.#access.require(caller, name, 'owner', 'channels:write');
    return this.#keep(caller, name, undefined, 'removed');
  }

  async #keep(caller: Caller, name: string, avatar: Avatar | undefined, detail: string): Promise<Channel> {
    const row = await this.#avatars.set(name, avatar);
    await this.#audit.note(caller, { channel: name, action: 'channel.avatar', target: name, detail });
    return this.#view.for(caller, row);
  }
}
