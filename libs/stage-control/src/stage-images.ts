import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { type AvatarFacts, readAvatar } from '@weir/channels';
import { FfmpegFailed, stillImage } from '@weir/ffmpeg';
import { Database, type StageImageRow } from '@weir/store';
import { Log } from '@weir/telemetry';
import { StageImageInvalid, StageImagesExhausted, StageImageUnknown } from './stage-errors.js';
import { STAGE_OPTIONS, type StageOptions } from './stage-options.js';
import { StageRegistry } from './stage-registry.js';

const IMAGES_MOST = 20;
const CHECK_WITHIN_MS = 10_000;
const CHECKED_AT = { width: 64, height: 64 };

/** The images of channels: checked when they come, kept in the database, and in memory while an arrangement names them. */
@Injectable()
export class StageImages {
  readonly #database: Database;
  readonly #stages: StageRegistry;
  readonly #log: Log;
  readonly #ffmpegPath: string | undefined;
  /** By channel and name, what is named. */
  readonly #loaded = new Map<string, Map<string, { readonly tag: string; readonly bytes: Uint8Array }>>();

  constructor(
    database: Database,
    stages: StageRegistry,
    log: Log,
    @Inject(STAGE_OPTIONS) { ffmpegPath }: Pick<StageOptions, 'ffmpegPath'>,
  ) {
    this.#database = database;
    this.#stages = stages;
    this.#log = log;
    this.#ffmpegPath = ffmpegPath;
  }

  /** Keeps an image under a name; rejects with AvatarInvalid, StageImageInvalid or StageImagesExhausted. */
  async put(channel: string, name: string, declared: AvatarFacts['type'], bytes: Uint8Array): Promise<StageImageRow> {
    const { images } = this.#stages.of(channel);
    if (!images.has(name) && images.size >= IMAGES_MOST) throw new StageImagesExhausted(IMAGES_MOST);
    const { type, width, height } = readAvatar(bytes);
    if (type !== declared) throw new StageImageInvalid(`its Content-Type says ${declared}, but it is ${type}`);
    await this.#check(bytes);
    const tag = createHash('sha256').update(bytes).digest('base64url').slice(0, 16);
    const row = { channel, name, type, width, height, sizeBytes: bytes.length, tag };
    await this.#database.stages.setImage(row, bytes);
    images.set(name, row);
    this.#stages.changed(channel);
    return row;
  }

  /** An image and its bytes; rejects with StageImageUnknown. */
  async get(channel: string, name: string): Promise<{ row: StageImageRow; bytes: Uint8Array }> {
    const row = this.#stages.find(channel)?.images.get(name);
    const bytes = row && (await this.#database.stages.imageBytes(channel, name));
    if (row === undefined || bytes === undefined) throw new StageImageUnknown(name);
    return { row, bytes };
  }

  /** Deletes an image, which no arrangement names from now on; rejects with StageImageUnknown. */
  async delete(channel: string, name: string): Promise<void> {
    const stage = this.#stages.of(channel);
    if (!stage.images.has(name)) throw new StageImageUnknown(name);
    await this.#database.stages.deleteImage(channel, name);
    stage.dropImage(name);
    this.#stages.changed(channel);
  }

  /** The files that the arrangement of a channel names, as far as they were read. */
  loaded(channel: string): ReadonlyMap<string, Uint8Array> {
    return new Map([...(this.#loaded.get(channel) ?? [])].map(([name, { bytes }]) => [name, bytes]));
  }

  /** Reads what the arrangement names, and calls back if that changed what is loaded. */
  load(channel: string, onLoaded: () => void): void {
    const stage = this.#stages.find(channel);
    if (stage === undefined) return;
    const { logo, background } = stage.wanted;
    const named = new Set([logo, background].filter((name) => name !== null));
    const loaded = this.#loaded.get(channel) ?? new Map<string, { tag: string; bytes: Uint8Array }>();
    for (const name of loaded.keys()) if (!named.has(name)) loaded.delete(name);
    for (const name of named) {
      const tag = stage.images.get(name)?.tag;
      if (tag === undefined || loaded.get(name)?.tag === tag) continue;
      void this.#read(channel, name, tag, onLoaded);
    }
    if (loaded.size === 0) this.#loaded.delete(channel);
  }

  async #read(channel: string, name: string, tag: string, onLoaded: () => void): Promise<void> {
    try {
      const bytes = await this.#database.stages.imageBytes(channel, name);
      const stage = this.#stages.find(channel);
      if (bytes === undefined || stage?.images.get(name)?.tag !== tag) return;
      if (![stage.wanted.logo, stage.wanted.background].includes(name)) return;
      let loaded = this.#loaded.get(channel);
      if (loaded === undefined) this.#loaded.set(channel, (loaded = new Map()));
      if (loaded.get(name)?.tag === tag) return;
      loaded.set(name, { tag, bytes });
      onLoaded();
    } catch (error) {
      this.#log.warn('an image of a stage could not be read', { channel, image: name, err: error });
    }
  }

  // Whether it can be decoded at all is found out once, in a process of its own.
  async #check(file: Uint8Array): Promise<void> {
    if (this.#ffmpegPath === undefined) throw new StageImageInvalid('without ffmpeg nothing can show it');
    const signal = AbortSignal.timeout(CHECK_WITHIN_MS);
    try {
      await stillImage({ ffmpegPath: this.#ffmpegPath, file, fit: CHECKED_AT, isCover: false, signal });
    } catch (error) {
      if (error instanceof FfmpegFailed || signal.aborted) throw new StageImageInvalid('it cannot be decoded');
      throw error;
    }
  }
}
