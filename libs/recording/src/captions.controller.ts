import { Controller, Delete, Get, Header, HttpCode, Param, Put, Query, Req, UseGuards } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiConsumes,
  ApiOperation,
  ApiParam,
  ApiQuery,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import { AuditLog, type Caller, CallerOf, readBody, Requires } from '@weir/auth';
import { CaptionList, CaptionQuery, CaptionTrack } from '@weir/contract';
import { MediaTypeUnsupported } from '@weir/signalling';
import type { FastifyRequest } from 'fastify';
import { RecordingAccess } from './recording-access.js';
import { RecordingCaptions } from './recording-captions.js';

const mostBytes = 1_048_576;
const arrivesWithinMs = 30_000;
const vttType = /^text\/vtt\s*(;|$)/i;

/** The captions of recordings: for who may watch them to find, for the owners of the channel to set. */
@ApiTags('recordings')
@Controller('api/recordings/:id/captions')
export class CaptionsController {
  readonly #access: RecordingAccess;
  readonly #captions: RecordingCaptions;
  readonly #audit: AuditLog;

  constructor(access: RecordingAccess, captions: RecordingCaptions, audit: AuditLog) {
    this.#access = access;
    this.#captions = captions;
    this.#audit = audit;
  }

  @Get()
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'The captions of a recording, by language' })
  @ApiResponse({ status: 200, standardSchema: CaptionList })
  @ApiResponse({ status: 404, description: 'There is no such recording' })
  async list(@Param('id') id: string, @Req() request: FastifyRequest): Promise<CaptionList> {
    const { id: recording } = await this.#access.requireWatch(request, id);
    return this.#captions.list(recording);
  }

  @Put(':language')
  @UseGuards(Requires('recordings:write'))
  @ApiBearerAuth('token')
  @ApiOperation({
    summary: 'Set the captions in one language; styles, regions and comments of the WebVTT are left out',
  })
  @ApiParam({ name: 'language', description: 'BCP 47, such as "en" or "pt-BR"' })
  @ApiQuery({
    name: 'label',
    required: false,
    description: "What menus call it; the language's own name when left out",
  })
  @ApiConsumes('text/vtt')
  @ApiBody({ schema: { type: 'string' }, description: 'WebVTT, up to 1 MiB' })
  @ApiResponse({ status: 200, standardSchema: CaptionTrack })
  @ApiResponse({ status: 400, description: 'The language is no tag, or the text is no WebVTT: which line and why' })
  @ApiResponse({ status: 401, description: 'Nobody is signed in' })
  @ApiResponse({ status: 403, description: 'The caller does not own the channel' })
  @ApiResponse({ status: 404, description: 'There is no such recording' })
  @ApiResponse({ status: 409, description: 'There are captions in as many languages as there may be' })
  @ApiResponse({ status: 413, description: 'The captions are too large' })
  @ApiResponse({ status: 415, description: 'The body is not text/vtt' })
  async put(
    @CallerOf() caller: Caller,
    @Param('id') id: string,
    @Param('language') language: string,
    @Query({ schema: CaptionQuery }) { label }: CaptionQuery,
    @Req() request: FastifyRequest,
  ): Promise<CaptionTrack> {
    const { channel } = await this.#access.requireOwner(caller, id, 'recordings:write');
    if (!vttType.test(request.headers['content-type'] ?? '')) throw new MediaTypeUnsupported('text/vtt');
    const text = await readBody(request.raw, mostBytes, arrivesWithinMs);
    const track = await this.#captions.put(id, language, label, text);
    const detail = track.language;
    await this.#audit.note(caller, { channel, action: 'recording.captions', target: id, detail });
    return track;
  }

  @Delete(':language')
  @UseGuards(Requires('recordings:write'))
  @HttpCode(204)
  @ApiBearerAuth('token')
  @ApiOperation({ summary: 'Remove the captions in one language' })
  @ApiParam({ name: 'language', description: 'BCP 47, such as "en" or "pt-BR"' })
  @ApiResponse({ status: 204, description: 'They are gone' })
  @ApiResponse({ status: 400, description: 'The language is no tag' })
  @ApiResponse({ status: 401, description: 'Nobody is signed in' })
  @ApiResponse({ status: 403, description: 'The caller does not own the channel' })
  @ApiResponse({ status: 404, description: 'There is no such recording, or it has no captions in this language' })
  async remove(
    @CallerOf() caller: Caller,
    @Param('id') id: string,
    @Param('language') language: string,
  ): Promise<void> {
    const { channel } = await this.#access.requireOwner(caller, id, 'recordings:write');
    await this.#captions.remove(id, language);
    await this.#audit.note(caller, { channel, action: 'recording.captions-removed', target: id, detail: language });
  }
}
