import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiParam, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import { type Caller, CallerOf } from '@weir/auth';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RecordingAccess } from './recording-access.js';
import { RecordingFiles } from './recording-files.js';
import { RecordingLibrary } from './recording-library.js';
import { ShareLinks } from './share-links.js';

const fileDescription =
  'index.m3u8, video.m3u8, audio.m3u8 and the files that they name; program.mp4; poster.jpg, storyboard.vtt and its sheets; captions.json and captions.<language>.vtt';

/** The files of recordings, for players and for downloading. */
@ApiTags('recordings')
@Controller()
export class RecordingFilesController {
  readonly #library: RecordingLibrary;
  readonly #access: RecordingAccess;
  readonly #files: RecordingFiles;
  readonly #links: ShareLinks;

  constructor(library: RecordingLibrary, access: RecordingAccess, files: RecordingFiles, links: ShareLinks) {
    this.#library = library;
    this.#access = access;
    this.#files = files;
    this.#links = links;
  }

  @Get('recordings/:id/:file')
  @ApiOperation({ summary: 'A file of a recording; program.mp4 with start and end is a clip, cut at key frames' })
  @ApiParam({ name: 'file', description: fileDescription })
  @ApiQuery({ name: 'start', required: false, description: 'Seconds from the beginning' })
  @ApiQuery({ name: 'end', required: false, description: 'Seconds from the beginning' })
  @ApiResponse({ status: 200, description: 'The whole file' })
  @ApiResponse({ status: 206, description: 'The range that was asked for' })
  @ApiResponse({ status: 400, description: 'The clip cannot be cut' })
  @ApiResponse({ status: 404, description: 'There is no such recording or file' })
  @ApiResponse({ status: 409, description: 'The recording is not finished yet' })
  @ApiResponse({ status: 416, description: 'The range lies outside the file' })
  async file(
    @Param('id') id: string,
    @Param('file') name: string,
    @Query() query: Record<string, unknown>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const row = await this.#access.requireWatch(request, id);
    await this.#files.answer({ row, name, query, isShared: this.#access.isPrivate(row) }, request, reply);
  }

  @Get('recordings/:id/tracks/:file')
  @ApiBearerAuth('token')
  @ApiOperation({ summary: "A publisher's own track, as it arrived, in Matroska" })
  @ApiResponse({ status: 200, description: 'The whole file' })
  @ApiResponse({ status: 206, description: 'The range that was asked for' })
  @ApiResponse({ status: 401, description: 'Nobody is signed in' })
  @ApiResponse({ status: 404, description: 'There is no such recording or file' })
  async track(
    @CallerOf() caller: Caller,
    @Param('id') id: string,
    @Param('file') name: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const row = await this.#access.requireOwner(caller, id, 'recordings:read');
    await this.#files.answerTrack(row, name, request, reply);
  }

  @Get('shared/:id/:token/:file')
  @ApiOperation({ summary: 'A file of a recording, by a link that was shared' })
  @ApiParam({ name: 'file', description: fileDescription })
  @ApiResponse({ status: 200, description: 'The whole file' })
  @ApiResponse({ status: 206, description: 'The range that was asked for' })
  @ApiResponse({ status: 403, description: 'The link is not valid or has expired' })
  @ApiResponse({ status: 404, description: 'There is no such recording or file' })
  async sharedFile(
    @Param('id') id: string,
    @Param('token') token: string,
    @Param('file') name: string,
    @Query() query: Record<string, unknown>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    this.#links.verify(id, token, Date.now());
    await this.#files.answer({ row: await this.#library.find(id), name, query, isShared: true }, request, reply);
  }
}
