import { Injectable } from '@nestjs/common';
import type { Recording, RecordingDownload } from '@weir/contract';
import type { RecordingFile, RecordingRow } from '@weir/store';
import { Finaliser } from './finaliser.js';
import { posterName, storyboardName } from './previews.js';
import { RecordingLibrary } from './recording-library.js';

/** Tells recordings as the API does. */
@Injectable()
export class RecordingView {
  readonly #library: RecordingLibrary;
  readonly #finaliser: Finaliser;

  constructor(library: RecordingLibrary, finaliser: Finaliser) {
    this.#library = library;
    this.#finaliser = finaliser;
  }

  /** The recording of a row. */
  of(row: RecordingRow): Recording {
    const { id, files } = row;
    const base = `/recordings/${id}`;
    const named = (name: string): string | null => (this.#library.hasFile(id, name) ? `${base}/${name}` : null);
    return {
      id,
      channel: row.channel,
      title: row.title,
      state: row.state,
      progress: row.state === 'finalising' ? (this.#finaliser.progress(id) ?? 0) : null,
      reason: row.reason ?? null,
      startedAt: new Date(row.startedAtMs).toISOString(),
      endedAt: row.endedAtMs === undefined ? null : new Date(row.endedAtMs).toISOString(),
      durationSeconds: row.durationMs / 1000,
      bytes: row.bytes,
      width: row.width || null,
      height: row.height || null,
      protected: row.isProtected,
      storage: this.#storageOf(row),
      playlistUrl: row.durationMs > 0 ? `${base}/index.m3u8` : null,
      posterUrl: named(posterName),
      storyboardUrl: named(storyboardName),
      downloads: files.filter(({ name }) => name.startsWith('program.')).map((file) => download(base, file)),
      tracks: files.filter(({ name }) => /^tracks\/.*\.mkv$/.test(name)).map((file) => download(base, file)),
    };
  }

  #storageOf({ state, files }: RecordingRow): Recording['storage'] {
    if (this.#library.remote === undefined || state !== 'ready') return 'disk';
    return files.every((file) => file.stored) ? 'object' : 'uploading';
  }
}

function download(base: string, { name, bytes, durationMs }: RecordingFile): RecordingDownload {
  return { url: `${base}/${name}`, bytes, durationSeconds: durationMs / 1000 };
}
