import { Controller, Get, Header, Param, Req, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { AdminGuard } from '@weir/auth';
import { ChannelAccess, ChannelRegistry, StreamNotLive } from '@weir/channels';
import { ProgramList, type ProgramMetrics, ProgramStatus } from '@weir/contract';
import type { FastifyRequest } from 'fastify';
import { ProgramRegistry, type ProgramStanding } from './program-registry.js';

const noFigures = {
  tickLagP50Ms: 0,
  tickLagP99Ms: 0,
  encoderQueue: 0,
  framesDecoded: 0,
  framesRepeated: 0,
  framesLost: 0,
  keyFrameRequests: 0,
  encoderRestarts: 0,
  decoderRestarts: 0,
  cpuSeconds: 0,
};

/** How programs are doing: for the broadcaster in a sentence, for the administrator in figures. */
@ApiTags('programs')
@Controller('api/programs')
export class ProgramsController {
  readonly #programs: ProgramRegistry;
  readonly #channels: ChannelRegistry;
  readonly #access: ChannelAccess;

  constructor(programs: ProgramRegistry, channels: ChannelRegistry, access: ChannelAccess) {
    this.#programs = programs;
    this.#channels = channels;
    this.#access = access;
  }

  @Get()
  @UseGuards(AdminGuard)
  @Header('Cache-Control', 'no-store')
  @ApiBearerAuth('token')
  @ApiOperation({ summary: 'Figures of every program' })
  @ApiResponse({ status: 200, standardSchema: ProgramList })
  @ApiResponse({ status: 401, description: 'Nobody is signed in' })
  list(): ProgramMetrics[] {
    return this.#programs.figures().map((standing) => ({
      ...statusOf(standing),
      ...noFigures,
      ...standing.figures,
      needs: [...standing.needs],
      losses: standing.losses,
    }));
  }

  @Get(':channel')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({
    summary: 'How the program of a live channel is doing, once somebody watched it over HLS or it is recorded',
  })
  @ApiResponse({ status: 200, standardSchema: ProgramStatus })
  @ApiResponse({ status: 404, description: 'There is no such channel, it is not live or has no program' })
  async get(@Param('channel') channel: string, @Req() request: FastifyRequest): Promise<ProgramStatus> {
    await this.#access.requireWatch(request, channel);
    this.#channels.liveStream(channel);
    const standing = this.#programs.figures().find((candidate) => candidate.channel === channel);
    if (standing === undefined) throw new StreamNotLive(channel);
    return statusOf(standing);
  }
}

function statusOf({ channel, isAwake, state }: ProgramStanding): ProgramStatus {
  return {
    channel,
    running: isAwake,
    mode: state.mode,
    reason: state.reason ?? null,
    onSlate: state.isOnSlate,
    droppedRungs: [...state.droppedRungs],
  };
}
