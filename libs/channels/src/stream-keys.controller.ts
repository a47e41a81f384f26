import { Body, Controller, Delete, Get, Header, HttpCode, Param, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { AuditLog, type Caller, CallerOf, StreamKeys, Requires } from '@weir/auth';
import { CreatedStreamKey, CreateStreamKey, StreamKeyList, StreamKeySummary } from '@weir/contract';
import type { StreamKeyRow } from '@weir/store';
import { ChannelAccess } from './channel-access.js';

/** Thrown when a channel has no such key, or it was revoked before. */
export class StreamKeyUnknown extends Error {
  constructor() {
    super('The channel has no such stream key.');
    this.name = 'StreamKeyUnknown';
  }
}

/** The stream keys of a channel, for its owners. */
@ApiTags('channels')
@ApiBearerAuth('token')
@ApiResponse({ status: 401, description: 'Nobody is signed in' })
@ApiResponse({ status: 403, description: 'The caller does not own the channel' })
@ApiResponse({ status: 404, description: 'There is no such channel or key' })
@Controller('api/channels/:name/keys')
export class StreamKeysController {
  readonly #access: ChannelAccess;
  readonly #keys: StreamKeys;
  readonly #audit: AuditLog;

  constructor(access: ChannelAccess, keys: StreamKeys, audit: AuditLog) {
    this.#access = access;
    this.#keys = keys;
    this.#audit = audit;
  }

  @Get()
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'The stream keys of a channel, without their values' })
  @ApiResponse({ status: 200, standardSchema: StreamKeyList })
  async list(@CallerOf() caller: Caller, @Param('name') name: string): Promise<StreamKeyList> {
    this.#access.require(caller, name, 'owner', 'channels:read');
    return (await this.#keys.list(name)).map(summary);
  }

  @Post()
  @UseGuards(Requires('keys:write'))
  @Header('Cache-Control', 'no-store')
  @ApiOperation({
    summary: 'Make a stream key; its value is told this once, as key, and it rests while its maker is no owner',
  })
  @ApiResponse({ status: 201, standardSchema: CreatedStreamKey })
  async create(
    @CallerOf() caller: Caller,
    @Param('name') name: string,
    @Body({ schema: CreateStreamKey.optional() }) body: CreateStreamKey | undefined,
  ): Promise<CreatedStreamKey> {
    this.#access.require(caller, name, 'owner', 'keys:write');
    const made = await this.#keys.create(name, body?.label ?? '', caller.account?.id);
    await this.#audit.note(caller, { channel: name, action: 'key.create', target: made.id, detail: made.label });
    return made;
  }

  @Delete(':id')
  @UseGuards(Requires('keys:write'))
  @HttpCode(204)
  @ApiOperation({ summary: 'Revoke a stream key for good; who publishes with it is off the air' })
  @ApiResponse({ status: 204, description: 'It is revoked' })
  async revoke(@CallerOf() caller: Caller, @Param('name') name: string, @Param('id') id: string): Promise<void> {
    this.#access.require(caller, name, 'owner', 'keys:write');
    if (!(await this.#keys.revoke(name, id))) throw new StreamKeyUnknown();
    await this.#audit.note(caller, { channel: name, action: 'key.revoke', target: id, detail: '' });
  }
}

function summary(row: StreamKeyRow): StreamKeySummary {
  return {
    id: row.id,
    label: row.label,
    createdAt: new Date(row.createdAtMs).toISOString(),
    lastUsedAt: timeOrNull(row.lastUsedAtMs),
    revokedAt: timeOrNull(row.revokedAtMs),
    resting: row.rests,
  };
}

function timeOrNull(timeMs: number | undefined): string | null {
  return timeMs === undefined ? null : new Date(timeMs).toISOString();
}
