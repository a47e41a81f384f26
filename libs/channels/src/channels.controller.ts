import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  HttpCode,
  Param,
  Patch,
  Post,
  Query,
  Req,
  UseGuards,
} from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import { AuditLog, type Caller, CallerOf, Requires } from '@weir/auth';
import { Channel, ChannelList, CreateChannel, UpdateChannel } from '@weir/contract';
import type { FastifyRequest } from 'fastify';
import { ChannelAccess } from './channel-access.js';
import { ChannelLifetime } from './channel-lifetime.js';
import { ChannelLists } from './channel-lists.js';
import { ChannelRegistry } from './channel-registry.js';
import { ChannelView } from './channel-view.js';

/** The channels: for viewers, for who has a role in them and for administrators. */
@ApiTags('channels')
@Controller('api/channels')
export class ChannelsController {
  readonly #channels: ChannelRegistry;
  readonly #access: ChannelAccess;
  readonly #lists: ChannelLists;
  readonly #view: ChannelView;
  readonly #lifetime: ChannelLifetime;
  readonly #audit: AuditLog;

  constructor(
    channels: ChannelRegistry,
    access: ChannelAccess,
    lists: ChannelLists,
    view: ChannelView,
    lifetime: ChannelLifetime,
    audit: AuditLog,
  ) {
    this.#channels = channels;
    this.#access = access;
    this.#lists = lists;
    this.#view = view;
    this.#lifetime = lifetime;
    this.#audit = audit;
  }

  @Get()
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Public channels that are live, those of the caller, or all' })
  @ApiQuery({ name: 'mine', required: false, enum: ['true'], description: 'In which the caller has a role' })
  @ApiQuery({ name: 'following', required: false, enum: ['true'], description: 'That the caller follows' })
  @ApiQuery({ name: 'all', required: false, enum: ['true'], description: 'Every channel; for administrators' })
  @ApiResponse({ status: 200, standardSchema: ChannelList })
  @ApiResponse({ status: 401, description: 'Nobody is signed in, and the question needs it' })
  @ApiResponse({ status: 403, description: 'Not an administrator, or the token lacks the scope' })
  async list(
    @CallerOf() caller: Caller,
    @Query('mine') mine?: string,
    @Query('following') following?: string,
    @Query('all') all?: string,
  ): Promise<ChannelList> {
    if (all === 'true') return this.#lists.all(caller);
    if (mine === 'true') return this.#lists.mine(caller);
    return following === 'true' ? this.#lists.followed(caller) : this.#lists.live(caller);
  }

  @Post()
  @UseGuards(Requires('channels:write'))
  @ApiBearerAuth('token')
  @ApiOperation({ summary: 'Make a channel; who makes it is its owner' })
  @ApiResponse({ status: 201, standardSchema: Channel })
  @ApiResponse({ status: 401, description: 'Nobody is signed in' })
  @ApiResponse({ status: 403, description: 'The account may make no channels' })
  @ApiResponse({ status: 409, description: 'The name is taken' })
  async create(@CallerOf() caller: Caller, @Body({ schema: CreateChannel }) body: CreateChannel): Promise<Channel> {
    const row = await this.#lifetime.begin(caller, body);
    const { name, visibility } = row;
    await this.#audit.note(caller, { channel: name, action: 'channel.create', target: name, detail: visibility });
    return this.#view.for(caller, row);
  }

  @Get(':name')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'One channel' })
  @ApiResponse({ status: 200, standardSchema: Channel })
  @ApiResponse({ status: 403, description: 'The caller is banned from it' })
  @ApiResponse({ status: 404, description: 'There is no such channel, or the caller may not know of it' })
  async get(@Param('name') name: string, @Req() request: FastifyRequest): Promise<Channel> {
    const leave = await this.#access.requireLeave(request, name);
    return this.#view.for(leave.mayRead ? leave : { key: '', isAdmin: false }, this.#channels.get(name));
  }

  @Patch(':name')
  @UseGuards(Requires('channels:write'))
  @ApiBearerAuth('token')
  @ApiOperation({ summary: 'Change a channel; a running stream takes HLS and recording over when it starts next' })
  @ApiResponse({ status: 200, standardSchema: Channel })
  @ApiResponse({ status: 401, description: 'Nobody is signed in' })
  @ApiResponse({ status: 403, description: 'The caller does not own the channel' })
  @ApiResponse({ status: 404, description: 'There is no such channel' })
  async update(
    @CallerOf() caller: Caller,
    @Param('name') name: string,
    @Body({ schema: UpdateChannel }) body: UpdateChannel,
  ): Promise<Channel> {
    this.#access.require(caller, name, 'owner', 'channels:write');
    const row = await this.#channels.update(name, body);
    const detail = JSON.stringify(body).slice(0, 500);
    await this.#audit.note(caller, { channel: name, action: 'channel.update', target: name, detail });
    return this.#view.for(caller, row);
  }

  @Delete(':name')
  @UseGuards(Requires('channels:write'))
  @HttpCode(204)
  @ApiBearerAuth('token')
  @ApiOperation({ summary: 'Delete a channel with its keys, members, follows, chat and bans' })
  @ApiResponse({ status: 204, description: 'It is gone' })
  @ApiResponse({ status: 401, description: 'Nobody is signed in' })
  @ApiResponse({ status: 403, description: 'The caller does not own the channel' })
  @ApiResponse({ status: 404, description: 'There is no such channel' })
  @ApiResponse({ status: 409, description: 'It is live or has recordings: the detail says what to do first' })
  async remove(@CallerOf() caller: Caller, @Param('name') name: string): Promise<void> {
    this.#access.require(caller, name, 'owner', 'channels:write');
    await this.#lifetime.end(name);
    await this.#audit.note(caller, { channel: null, action: 'channel.delete', target: name, detail: '' });
  }
}
