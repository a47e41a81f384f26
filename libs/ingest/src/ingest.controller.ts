import { Controller, Get, Header, Param } from '@nestjs/common';
import { ApiBearerAuth, ApiCookieAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { type Caller, CallerOf } from '@weir/auth';
import { ChannelAccess, ChannelRegistry } from '@weir/channels';
import { IngestStatus } from '@weir/contract';
import { ingestStatus } from './ingest-status.js';
import { Publishers } from './publishers.js';

/** How what is published arrives, for who may publish. */
@ApiTags('channels')
@ApiBearerAuth('token')
@ApiCookieAuth('session')
@Controller('api/channels/:name/ingest')
export class IngestController {
  readonly #publishers: Publishers;
  readonly #channels: ChannelRegistry;
  readonly #access: ChannelAccess;

  constructor(publishers: Publishers, channels: ChannelRegistry, access: ChannelAccess) {
    this.#publishers = publishers;
    this.#channels = channels;
    this.#access = access;
  }

  @Get()
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Whether an encoder is connected, what it sends, and what is wrong with it; for owners' })
  @ApiResponse({ status: 200, standardSchema: IngestStatus })
  @ApiResponse({ status: 401, description: 'Nobody is signed in' })
  @ApiResponse({ status: 403, description: 'The caller is no owner of the channel, or the token lacks channels:read' })
  @ApiResponse({ status: 404, description: 'There is no such channel' })
  async status(@Param('name') name: string, @CallerOf() caller: Caller): Promise<IngestStatus> {
    const { name: channel } = await this.#access.require(caller, name, 'owner', 'channels:read');
    const stream = this.#channels.stream(channel);
    const realTime = stream?.viewers ?? 0;
    return ingestStatus(this.#publishers.newest(channel), {
      description: stream?.description ?? {},
      isPassedThrough: this.#channels.settings(channel).hls === 'passthrough',
      viewers: { realTime, hls: stream === undefined ? 0 : this.#channels.viewers(channel) - realTime },
    });
  }
}
