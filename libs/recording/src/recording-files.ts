import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { RecordingRow } from '@weir/store';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ClipMaker } from './clip-maker.js';
import { attachment, fileNameOf } from './content-disposition.js';
import { answerMedia, type MediaFile, type MediaHeaders } from './media-answer.js';
import { mediaTypeOf } from './media-type.js';
import type { TrackKind } from './recorded-media.js';
import { RecordedPlaylists } from './recorded-playlists.js';
import { RecordingCaptions } from './recording-captions.js';
import { ClipInvalid, RecordingFileUnknown, RecordingNotReady } from './recording-errors.js';
import { RecordingLibrary } from './recording-library.js';

const playlists: Readonly<Record<string, TrackKind | 'all'>> = {
  'index.m3u8': 'all',
  'video.m3u8': 'video',
  'audio.m3u8': 'audio',
};
const mediaName =
  /^((video|audio)\.(0|[1-9]\d{0,2})\.mp4|poster\.jpg|storyboard\.vtt|storyboard-(0|[1-9]\d{0,3})\.jpg)$/;
const programName = /^program(\.[1-9]\d{0,2})?\.mp4$/;
const captionsList = 'captions.json';
const captionsName = /^captions\.([A-Za-z0-9-]{2,35})\.vtt$/;
const trackName = /^[\w-][\w.-]{0,100}\.mkv$/;

/** A file that is asked for. */
export interface FileRequest {
  readonly row: RecordingRow;
  readonly name: string;
  readonly query: Readonly<Record<string, unknown>>;
  /** By a link or of a private channel: no cache between may keep the answer for others. */
  readonly isShared: boolean;
}

/** Answers requests for the files of recordings: those on the disk or in the object storage, playlists and clips. */
@Injectable()
export class RecordingFiles {
  readonly #library: RecordingLibrary;
  readonly #clips: ClipMaker;
  readonly #captions: RecordingCaptions;

  constructor(library: RecordingLibrary, clips: ClipMaker, captions: RecordingCaptions) {
    this.#library = library;
    this.#clips = clips;
    this.#captions = captions;
  }

  /** Throws RecordingFileUnknown, RecordingNotReady, ClipInvalid or ClipsExhausted. */
  async answer(asked: FileRequest, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { row, name } = asked;
    if (Object.hasOwn(playlists, name)) await this.#answerPlaylist(asked, reply);
    else if (name === captionsList || captionsName.test(name)) await this.#answerCaptions(asked, request, reply);
    else if (programName.test(name)) await this.#answerProgram(asked, request, reply);
    else if (mediaName.test(name)) {
      await answerMedia(request, reply, await this.#library.file(row, name), cacheHeaders(asked));
    } else throw new RecordingFileUnknown();
  }

  /** A publisher's own track; throws RecordingFileUnknown. */
  async answerTrack(row: RecordingRow, name: string, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    if (!trackName.test(name)) throw new RecordingFileUnknown();
    const file = await this.#library.file(row, `tracks/${name}`);
    await answerMedia(request, reply, file, {
      'Cache-Control': 'private, no-cache',
      ...saved(row, name.slice(0, -4), 'mkv'),
    });
  }

  async #answerPlaylist(asked: FileRequest, reply: FastifyReply): Promise<void> {
    const { row, name } = asked;
    const written = new RecordedPlaylists(await this.#library.index(row.id), row.state === 'recording');
    const kind = playlists[name];
    const text = kind === undefined || kind === 'all' ? written.multivariant() : written.media(kind);
    if (text === undefined) throw new RecordingFileUnknown();
    const cache = row.state === 'recording' ? { 'Cache-Control': 'no-cache' } : cacheHeaders(asked);
    await reply.headers({ 'Content-Type': mediaTypeOf(name), ...cache }).send(text);
  }

  /** The list has the URLs of files beside it, so that it serves shared links too. */
  async #answerCaptions({ row, name }: FileRequest, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const language = captionsName.exec(name)?.[1];
    if (language === undefined) {
      await reply.header('Cache-Control', 'private, no-cache').send(await this.#captions.list(row.id));
      return;
    }
    const { tag, text } = await this.#captions.text(row.id, language);
    const bytes = Buffer.from(text);
    const file = { bytes: bytes.length, type: mediaTypeOf(name), tag, open: async () => Readable.from([bytes]) };
    await answerMedia(request, reply, file, { 'Cache-Control': 'private, no-cache' });
  }

  async #answerProgram(asked: FileRequest, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { row, name, query } = asked;
    const isClip = query['start'] !== undefined || query['end'] !== undefined;
    if (!isClip && (row.state === 'recording' || row.state === 'interrupted' || row.state === 'finalising')) {
      throw new RecordingNotReady();
    }
    if (isClip && name !== 'program.mp4') throw new RecordingFileUnknown();
    const file = isClip ? await this.#clip(asked) : await this.#library.file(row, name);
    const part = isClip
      ? ` ${text(query['start']) || '0'}-${text(query['end']) || 'end'}`
      : (/\.(\d+)\./.exec(name)?.[1] ?? '');
    await answerMedia(request, reply, file, { ...cacheHeaders(asked), ...saved(row, part, 'mp4') });
  }

  async #clip({ row, query }: FileRequest): Promise<MediaFile> {
    const start = seconds(query['start'], 0);
    const end = seconds(query['end'], Math.max(start + 1, row.durationMs / 1000));
    return this.#clips.clip(row, start, end);
  }
}

function cacheHeaders({ row, isShared }: FileRequest): MediaHeaders {
  if (row.state !== 'ready') return { 'Cache-Control': 'no-cache' };
  return { 'Cache-Control': isShared ? 'private, max-age=3600' : 'public, max-age=86400' };
}

function saved(row: RecordingRow, part: string, extension: string): MediaHeaders {
  const day = new Date(row.startedAtMs).toISOString().slice(0, 10);
  const name = [row.title, day, part.trim()].filter(Boolean).join(' ');
  return { 'Content-Disposition': attachment(fileNameOf(name, extension)) };
}

function seconds(value: unknown, standard: number): number {
  if (value === undefined) return standard;
  if (typeof value === 'string' && /^\d{1,7}(\.\d{1,6})?$/.test(value)) return Number(value);
  throw new ClipInvalid('start and end are seconds, such as 12.5');
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
