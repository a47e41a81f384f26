import { Body, Controller, Delete, Get, Header, HttpCode, Param, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { AdminGuard, StreamKeys } from '@weir/auth';
import { CreatedStreamKey, CreateStreamKey, StreamKeyList, StreamKeySummary } from '@weir/contract';
import type { StreamKeyRow } from '@weir/store';
import { ChannelRegistry } from './channel-registry.js';

/** Thrown when a channel has no such key, or it was revoked before. */
export class StreamKeyUnknown extends Error {
  constructor() {
    super('The channel has no such stream key.');
    this.name = 'StreamKeyUnknown';
  }
}

/** The stream keys of a channel, for the administrator. */
@ApiTags('channels')
@ApiBearerAuth('admin')
@ApiResponse({ status: 401, description: 'No admin token or a wrong one' })
@ApiResponse({ status: 404, description: 'There is no such channel or key' })
@UseGuards(AdminGuard)
@Controller('api/channels/:name/keys')
export class StreamKeysController {
  readonly #channels: ChannelRegistry;
  readonly #keys: StreamKeys;

  constructor(channels: ChannelRegistry, keys: StreamKeys) {
    this.#channels = channels;
    this.#keys = keys;
  }

  @Get()
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'The stream keys of a channel, without their values' })
  @ApiResponse({ status: 200, standardSchema: StreamKeyList })
  list(@Param('name') name: string): StreamKeyList {
    return this.#keys.list(this.#channels.get(name).name).map(summary);
  }

  @Post()
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Make a stream key; its value is told this once, as key' })
  @ApiResponse({ status: 201, standardSchema: CreatedStreamKey })
  create(
    @Param('name') name: string,
    @Body({ schema: CreateStreamKey.optional() }) body: CreateStreamKey | undefined,
  ): CreatedStreamKey {
    const channel = this.#channels.get(name).name;
    return this.#keys.create(channel, body?.label ?? '');
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Revoke a stream key for good' })
  revoke(@Param('name') name: string, @Param('id') id: string): void {
    if (!this.#keys.revoke(this.#channels.get(name).name, id)) throw new StreamKeyUnknown();
  }
}

function summary(row: StreamKeyRow): StreamKeySummary {
  return {
    id: row.id,
    label: row.label,
    createdAt: new Date(row.createdAtMs).toISOString(),
    lastUsedAt: timeOrNull(row.lastUsedAtMs),
    revokedAt: timeOrNull(row.revokedAtMs),
  };
}

function timeOrNull(timeMs: number | undefined): string | null {
  return timeMs === undefined ? null : new Date(timeMs).toISOString();
}
