import { open, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { type ObjectRange, type ObjectStorage, ObjectStorageFailed, type PutOptions } from './object-storage.js';
import { type S3Bucket, S3Client } from './s3-client.js';
import { S3Upload } from './s3-upload.js';
import type { UnfinishedUpload, UploadTable } from './upload-table.js';

/** How files are cut for the storage. */
export interface S3StorageOptions extends S3Bucket {
  /** Smallest part of a large file, bytes; default 8 MiB; the storage takes none below 5 MiB but the last. */
  readonly partBytes?: number;
}

const defaultPartBytes = 8 << 20;
const mostParts = 10_000;

/** Objects in a bucket of an S3-compatible storage; large ones in parts that go on after a restart. */
export class S3Storage implements ObjectStorage {
  readonly #client: S3Client;
  readonly #uploads: Pick<UploadTable, 'get' | 'set' | 'delete'>;
  readonly #partBytes: number;

  constructor(options: S3StorageOptions, uploads: Pick<UploadTable, 'get' | 'set' | 'delete'>) {
    this.#client = new S3Client(options);
    this.#uploads = uploads;
    this.#partBytes = options.partBytes ?? defaultPartBytes;
  }

  async put(key: string, file: string, options: PutOptions = {}): Promise<void> {
    const { size } = await stat(file);
    if (size <= this.#partBytes) await this.#putWhole(key, file, size, options);
    else await this.#putInParts(key, file, size, options);
    await this.#prove(key, size);
    await this.#uploads.delete(key);
  }

  async size(key: string): Promise<number | undefined> {
    const answer = await this.#client.send({ what: `look for ${key}`, method: 'HEAD', key, expect: [404] });
    if (answer.status === 404) return undefined;
    const length = answer.headers.get('content-length');
    return length === null ? undefined : Number(length);
  }

  async read(key: string, range?: ObjectRange): Promise<Readable> {
    const headers = range === undefined ? {} : { Range: `bytes=${range.first}-${range.last}` };
    const answer = await this.#client.send({ what: `read ${key}`, method: 'GET', key, headers });
    if (answer.body === null) return Readable.from([]);
    return Readable.fromWeb(answer.body as ReadableStream<Uint8Array>);
  }

  async remove(key: string): Promise<void> {
    const unfinished = await this.#uploads.get(key);
    if (unfinished !== undefined) {
      await this.#upload(key, '', unfinished.bytes).abort(unfinished.id);
      await this.#uploads.delete(key);
    }
    await this.#client.send({ what: `remove ${key}`, method: 'DELETE', key, expect: [404] });
  }

  async #putWhole(key: string, file: string, size: number, { onProgress, signal }: PutOptions): Promise<void> {
    const body = new Uint8Array(size);
    const handle = await open(file, 'r');
    const { bytesRead } = await handle.read(body, 0, size, 0).finally(() => handle.close());
    if (bytesRead !== size) throw new ObjectStorageFailed(`take ${key}: the file changed`);
    await this.#client.send({ what: `take ${key}`, method: 'PUT', key, body, signal });
    onProgress?.(size);
  }

  async #putInParts(key: string, file: string, size: number, options: PutOptions): Promise<void> {
    const before = await this.#uploads.get(key);
    const upload = this.#upload(key, file, size);
    const known = before?.bytes === size ? await upload.resume(before) : undefined;
    // an upload that is gone was completed, or the storage gave it up
    if (known === undefined && before?.bytes === size && (await this.size(key)) === size) return;
    if (known !== undefined && (await this.#goesOn(upload, known, options))) return;
    await upload.run(await upload.begin(this.#partBytesFor(size)), options);
  }

  /** False when the storage does not know the upload, which one that lists no parts tells only now. */
  async #goesOn(upload: S3Upload, known: UnfinishedUpload, options: PutOptions): Promise<boolean> {
    try {
      await upload.run(known, options);
      return true;
    } catch (error) {
      if (error instanceof ObjectStorageFailed && error.status === 404) return false;
      throw error;
    }
  }

  async #prove(key: string, size: number): Promise<void> {
    const found = await this.size(key);
    if (found === size) return;
    throw new ObjectStorageFailed(`keep ${key} whole: it has ${found ?? 'no'} bytes of ${size}`);
  }

  #upload(key: string, file: string, size: number): S3Upload {
    return new S3Upload({ client: this.#client, uploads: this.#uploads, key, file, size });
  }

  #partBytesFor(size: number): number {
    if (size <= this.#partBytes * mostParts) return this.#partBytes;
    return Math.ceil(size / mostParts / (1 << 20)) * (1 << 20);
  }
}
