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
import {
  CreateRecordingLink,
  Recording,
  RecordingLink,
  RecordingPage,
  RecordingQuery,
  UpdateRecording,
} from '@weir/contract';
import type { RecordingPlace } from '@weir/store';
import type { FastifyRequest } from 'fastify';
import { RecordingAccess } from './recording-access.js';
import { RecordingLibrary } from './recording-library.js';
import { RecordingRemoval } from './recording-removal.js';
import { RecordingView } from './recording-view.js';
import { ShareLinks } from './share-links.js';

/** The recordings: for who may watch their channel to find, for its owners to change. */
@ApiTags('recordings')
@Controller('api/recordings')
export class RecordingsController {
  readonly #access: RecordingAccess;
  readonly #audit: AuditLog;
  readonly #library: RecordingLibrary;
  readonly #view: RecordingView;
  readonly #removal: RecordingRemoval;
  readonly #links: ShareLinks;

  constructor(
    access: RecordingAccess,
    audit: AuditLog,
    library: RecordingLibrary,
    view: RecordingView,
    removal: RecordingRemoval,
    links: ShareLinks,
  ) {
    this.#access = access;
    this.#audit = audit;
    this.#library = library;
    this.#view = view;
    this.#removal = removal;
    this.#links = links;
  }

  @Get()
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Recordings, newest first: of one channel, or of all public ones and those of the caller' })
  @ApiQuery({ name: 'channel', required: false })
  @ApiQuery({ name: 'after', required: false, description: '"next" of the page before' })
  @ApiQuery({ name: 'limit', required: false, description: '1 to 100, default 50' })
  @ApiResponse({ status: 200, standardSchema: RecordingPage })
  @ApiResponse({ status: 400, description: 'A parameter is not as it must be' })
  async list(
    @CallerOf() caller: Caller,
    @Query({ schema: RecordingQuery }) { channel, after, limit }: RecordingQuery,
    @Req() request: FastifyRequest,
  ): Promise<RecordingPage> {
    const channels = channel === undefined ? this.#access.listed(caller) : await this.#access.shown(request, channel);
    if (channels.length === 0) return { recordings: [], next: null };
    const place = after === undefined ? undefined : placeOf(after);
    const rows = await this.#library.table.page(limit + 1, channels, place);
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    return {
      recordings: shown.map((row) => this.#view.of(row)),
      next: last === undefined ? null : `${last.startedAtMs}-${last.id}`,
    };
  }

  @Get(':id')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'One recording' })
  @ApiResponse({ status: 200, standardSchema: Recording })
  @ApiResponse({ status: 404, description: 'There is no such recording' })
  async get(@Param('id') id: string, @Req() request: FastifyRequest): Promise<Recording> {
    return this.#view.of(await this.#access.requireWatch(request, id));
  }

  @Patch(':id')
  @UseGuards(Requires('recordings:write'))
  @ApiBearerAuth('token')
  @ApiOperation({ summary: 'Give a recording another title, protect it or lift that' })
  @ApiResponse({ status: 200, standardSchema: Recording })
  @ApiResponse({ status: 401, description: 'Nobody is signed in' })
  @ApiResponse({ status: 403, description: 'The caller does not own the channel' })
  @ApiResponse({ status: 404, description: 'There is no such recording' })
  async update(
    @CallerOf() caller: Caller,
    @Param('id') id: string,
    @Body({ schema: UpdateRecording }) body: UpdateRecording,
  ): Promise<Recording> {
    const { channel } = await this.#access.requireOwner(caller, id, 'recordings:write');
    await this.#library.table.update(id, {
      ...(body.title === undefined ? {} : { title: body.title }),
      ...(body.protected === undefined ? {} : { isProtected: body.protected }),
    });
    await this.#note(caller, channel, 'recording.update', id, JSON.stringify(body));
    return this.#view.of(await this.#library.find(id));
  }

  @Delete(':id')
  @UseGuards(Requires('recordings:write'))
  @HttpCode(204)
  @ApiBearerAuth('token')
  @ApiOperation({ summary: 'Delete a recording and its files; links to it end' })
  @ApiResponse({ status: 204, description: 'It is gone' })
  @ApiResponse({ status: 401, description: 'Nobody is signed in' })
  @ApiResponse({ status: 403, description: 'The caller does not own the channel' })
  @ApiResponse({ status: 404, description: 'There is no such recording' })
  @ApiResponse({ status: 409, description: 'It still runs' })
  @ApiResponse({ status: 503, description: 'The object storage did not delete its files: it is still there' })
  async remove(@CallerOf() caller: Caller, @Param('id') id: string): Promise<void> {
    const { channel, title } = await this.#access.requireOwner(caller, id, 'recordings:write');
    await this.#removal.remove(id);
    await this.#note(caller, channel, 'recording.delete', id, title);
  }

  @Post(':id/links')
  @UseGuards(Requires('recordings:write'))
  @ApiBearerAuth('token')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Make a link for sharing that expires; it ends with the recording too' })
  @ApiResponse({ status: 201, standardSchema: RecordingLink })
  @ApiResponse({ status: 401, description: 'Nobody is signed in' })
  @ApiResponse({ status: 403, description: 'The caller does not own the channel' })
  @ApiResponse({ status: 404, description: 'There is no such recording' })
  async share(
    @CallerOf() caller: Caller,
    @Param('id') id: string,
    @Body({ schema: CreateRecordingLink }) body: CreateRecordingLink,
  ): Promise<RecordingLink> {
    const row = await this.#access.requireOwner(caller, id, 'recordings:write');
    const { downloads, playlistUrl } = this.#view.of(row);
    const expiresAtMs = Math.floor(Date.now() / 1000 + body.expiresInSeconds) * 1000;
    const token = this.#links.sign(id, expiresAtMs);
    await this.#note(caller, row.channel, 'recording.share', id, new Date(expiresAtMs).toISOString());
    const shared = (url: string): string => url.replace(`/recordings/${id}/`, `/shared/${id}/${token}/`);
    return {
      url: downloads[0] === undefined ? null : shared(downloads[0].url),
      playlistUrl: playlistUrl === null ? null : shared(playlistUrl),
      expiresAt: new Date(expiresAtMs).toISOString(),
    };
  }

  #note(caller: Caller, channel: string, action: string, target: string, detail: string): Promise<void> {
    return this.#audit.note(caller, { channel, action, target, detail });
  }
}

function placeOf(after: string): RecordingPlace {
  const dash = after.indexOf('-');
  return { startedAtMs: Number(after.slice(0, dash)), id: after.slice(dash + 1) };
}
