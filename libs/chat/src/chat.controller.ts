import { Body, Controller, Delete, Get, Header, HttpCode, Param, Patch, Query, Req, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiParam, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import { AuditLog, type Caller, CallerOf, Requires } from '@weir/auth';
import { Bans, ChannelAccess } from '@weir/channels';
import { AuditPage, BanList, ChatReplay, ChatReplayQuery, ChatSettings } from '@weir/contract';
import { Database } from '@weir/store';
import type { FastifyRequest } from 'fastify';
import { chatMessageOf } from './chat-view.js';
import { Moderation } from './moderation.js';
import { chatSettingsOf, type ChatSettingsChange } from './room-settings.js';

const REPLAY_MOST = 1000;
const AUDIT_MOST = 100;
const AUDIT_USUAL = 50;

const changeSchema = ChatSettings.partial();

/** Thrown when a ban is to be lifted that does not hold. */
export class BanUnknown extends Error {
  constructor() {
    super('They are not banned from the channel.');
    this.name = 'BanUnknown';
  }
}

/** What was said in a channel, for watching again, and what its moderators have done. */
@ApiTags('chat')
@ApiBearerAuth('token')
@ApiResponse({ status: 404, description: 'There is no such channel' })
@Controller('api/channels/:name')
export class ChatController {
  readonly #database: Database;
  readonly #access: ChannelAccess;
  readonly #bans: Bans;
  readonly #audit: AuditLog;
  readonly #moderation: Moderation;

  constructor(database: Database, access: ChannelAccess, bans: Bans, audit: AuditLog, moderation: Moderation) {
    this.#database = database;
    this.#access = access;
    this.#bans = bans;
    this.#audit = audit;
    this.#moderation = moderation;
  }

  @Get('chat')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'What was said to the pictures of a span of time: the first 1,000 messages of it' })
  @ApiQuery({ name: 'from', description: 'Unix milliseconds of capture' })
  @ApiQuery({ name: 'to', description: 'Unix milliseconds of capture, included' })
  @ApiResponse({ status: 200, standardSchema: ChatReplay })
  @ApiResponse({ status: 400, description: 'A parameter is not as it must be' })
  @ApiResponse({ status: 403, description: 'The caller is banned from the channel' })
  async replay(
    @Param('name') name: string,
    @Query({ schema: ChatReplayQuery }) { from, to }: ChatReplayQuery,
    @Req() request: FastifyRequest,
  ): Promise<ChatReplay> {
    await this.#access.requireWatch(request, name);
    return (await this.#database.chatMessages.between(name, from, to, REPLAY_MOST)).map(chatMessageOf);
  }

  @Get('chat/settings')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'How the chat is set, for moderators' })
  @ApiResponse({ status: 200, standardSchema: ChatSettings })
  @ApiResponse({ status: 401, description: 'Nobody is signed in' })
  @ApiResponse({ status: 403, description: 'The caller is no moderator of the channel' })
  settings(@CallerOf() caller: Caller, @Param('name') name: string): ChatSettings {
    return chatSettingsOf(this.#access.require(caller, name, 'moderator', 'chat:moderate'));
  }

  @Patch('chat/settings')
  @UseGuards(Requires('chat:moderate'))
  @ApiOperation({ summary: 'Change how the chat is set; what is left out stays, and everybody there is told at once' })
  @ApiResponse({ status: 200, standardSchema: ChatSettings })
  @ApiResponse({ status: 400, description: 'A setting is not as it must be' })
  @ApiResponse({ status: 401, description: 'Nobody is signed in' })
  @ApiResponse({ status: 403, description: 'The caller is no moderator of the channel' })
  changeSettings(
    @CallerOf() caller: Caller,
    @Param('name') name: string,
    @Body({ schema: changeSchema }) change: ChatSettingsChange,
  ): Promise<ChatSettings> {
    this.#access.require(caller, name, 'moderator', 'chat:moderate');
    return this.#moderation.changeSettings(caller, name, change);
  }

  @Get('bans')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Who is banned, longest first; for moderators' })
  @ApiResponse({ status: 200, standardSchema: BanList })
  @ApiResponse({ status: 401, description: 'Nobody is signed in' })
  @ApiResponse({ status: 403, description: 'The caller is no moderator of the channel' })
  bans(@CallerOf() caller: Caller, @Param('name') name: string): BanList {
    this.#access.require(caller, name, 'moderator', 'chat:moderate');
    return this.#bans.list(name).map((ban) => ({
      author: ban.author,
      name: ban.name,
      reason: ban.reason,
      createdAt: new Date(ban.createdAtMs).toISOString(),
      until: ban.untilMs === undefined ? null : new Date(ban.untilMs).toISOString(),
    }));
  }

  @Delete('bans/:author')
  @UseGuards(Requires('chat:moderate'))
  @HttpCode(204)
  @ApiOperation({ summary: 'Lift a ban' })
  @ApiParam({ name: 'author', description: '"author" of the ban' })
  @ApiResponse({ status: 204, description: 'They may come back' })
  @ApiResponse({ status: 401, description: 'Nobody is signed in' })
  @ApiResponse({ status: 403, description: 'The caller is no moderator of the channel' })
  @ApiResponse({ status: 404, description: 'There is no such channel or ban' })
  async lift(@CallerOf() caller: Caller, @Param('name') name: string, @Param('author') author: string): Promise<void> {
    this.#access.require(caller, name, 'moderator', 'chat:moderate');
    if (!(await this.#moderation.unban(caller, name, author))) throw new BanUnknown();
  }

  @Get('audit')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'What was done in the channel, newest first; for moderators' })
  @ApiQuery({ name: 'before', required: false, description: '"next" of the page before' })
  @ApiQuery({ name: 'limit', required: false, description: '1 to 100, default 50' })
  @ApiResponse({ status: 200, standardSchema: AuditPage })
  @ApiResponse({ status: 401, description: 'Nobody is signed in' })
  @ApiResponse({ status: 403, description: 'The caller is no moderator of the channel' })
  audit(
    @CallerOf() caller: Caller,
    @Param('name') name: string,
    @Query('before') before: string | undefined,
    @Query('limit') limit: string | undefined,
  ): Promise<AuditPage> {
    this.#access.require(caller, name, 'moderator', 'chat:moderate');
    return this.#audit.page(name, before, sizeOf(limit));
  }
}

function sizeOf(limit: string | undefined): number {
  const asked = Number(limit ?? AUDIT_USUAL);
  return Number.isInteger(asked) && asked >= 1 ? Math.min(asked, AUDIT_MOST) : AUDIT_USUAL;
}
