import { Body, Controller, Delete, Get, Header, HttpCode, Param, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { AuditLog, type Caller, CallerOf, Requires } from '@weir/auth';
import { ComposeRecording, Composition } from '@weir/contract';
import { Compositions } from './compositions.js';
import { RecordingAccess } from './recording-access.js';

/** Composing a recorded show again, for the owners of its channel. */
@ApiTags('recordings')
@ApiBearerAuth('token')
@Controller('api/recordings/:id/compose')
export class CompositionsController {
  readonly #access: RecordingAccess;
  readonly #compositions: Compositions;
  readonly #audit: AuditLog;

  constructor(access: RecordingAccess, compositions: Compositions, audit: AuditLog) {
    this.#access = access;
    this.#compositions = compositions;
    this.#audit = audit;
  }

  @Get()
  @UseGuards(Requires('recordings:write'))
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'How composing the show again is, or became the last time' })
  @ApiResponse({ status: 200, standardSchema: Composition })
  @ApiResponse({ status: 401, description: 'Nobody is signed in' })
  @ApiResponse({ status: 403, description: 'The caller does not own the channel' })
  @ApiResponse({ status: 404, description: 'There is no such recording' })
  async get(@CallerOf() caller: Caller, @Param('id') id: string): Promise<Composition> {
    return this.#compositions.of(await this.#access.requireOwner(caller, id, 'recordings:write'));
  }

  @Post()
  @UseGuards(Requires('recordings:write'))
  @HttpCode(202)
  @ApiOperation({
    summary:
      "Compose the show again out of its guests' own tracks, with another layout; it becomes a recording of its own",
  })
  @ApiResponse({ status: 202, standardSchema: Composition })
  @ApiResponse({ status: 400, description: 'The body is not as it must be' })
  @ApiResponse({ status: 401, description: 'Nobody is signed in' })
  @ApiResponse({ status: 403, description: 'The caller does not own the channel' })
  @ApiResponse({ status: 404, description: 'There is no such recording' })
  @ApiResponse({
    status: 409,
    description: "It is not ready, is being composed already, or its guests' own tracks were not kept",
  })
  @ApiResponse({ status: 503, description: 'Too many shows wait to be composed' })
  async start(
    @CallerOf() caller: Caller,
    @Param('id') id: string,
    @Body({ schema: ComposeRecording }) body: ComposeRecording,
  ): Promise<Composition> {
    const row = await this.#access.requireOwner(caller, id, 'recordings:write');
    const composition = await this.#compositions.start(row, body);
    const { channel } = row;
    await this.#audit.note(caller, {
      channel,
      action: 'recording.compose',
      target: id,
      detail: body.title ?? row.title,
    });
    return composition;
  }

  @Delete()
  @UseGuards(Requires('recordings:write'))
  @HttpCode(204)
  @ApiOperation({ summary: 'Compose it no more' })
  @ApiResponse({ status: 204, description: 'Nothing works on it' })
  @ApiResponse({ status: 401, description: 'Nobody is signed in' })
  @ApiResponse({ status: 403, description: 'The caller does not own the channel' })
  @ApiResponse({ status: 404, description: 'There is no such recording' })
  async cancel(@CallerOf() caller: Caller, @Param('id') id: string): Promise<void> {
    const { id: recording } = await this.#access.requireOwner(caller, id, 'recordings:write');
    await this.#compositions.cancel(recording);
  }
}
