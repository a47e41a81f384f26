import { type FileHandle, open } from 'node:fs/promises';
import { ObjectStorageFailed, type PutOptions } from './object-storage.js';
import type { S3Client } from './s3-client.js';
import type { UnfinishedUpload, UploadTable } from './upload-table.js';

/** What an upload is made of. */
export interface S3UploadOptions {
  readonly client: S3Client;
  /** Where the state of the upload outlives the process. */
  readonly uploads: Pick<UploadTable, 'get' | 'set' | 'delete'>;
  readonly key: string;
  readonly file: string;
  /** Bytes of the file. */
  readonly size: number;
}

interface ListedPart {
  readonly number: number;
  readonly tag: string;
  readonly bytes: number;
}

/** One object on its way to the storage in parts; what arrived is noted, so that it goes on after a restart. */
export class S3Upload {
  readonly #options: S3UploadOptions;

  constructor(options: S3UploadOptions) {
    this.#options = options;
  }

  /** Begins anew. */
  async begin(partBytes: number): Promise<UnfinishedUpload> {
    const { client, uploads, key, size } = this.#options;
    const answer = await client.send({ what: `begin ${key}`, method: 'POST', key, query: { uploads: '' } });
    const id = elementOf(await answer.text(), 'UploadId');
    if (id === undefined) throw new ObjectStorageFailed(`begin ${key}: it named no upload`);
    const begun = { id, bytes: size, partBytes, tags: [] };
    await uploads.set(key, begun);
    return begun;
  }

  /** What arrived of an upload of before, as the storage tells it; undefined when the storage knows it no more. */
  async resume(before: UnfinishedUpload): Promise<UnfinishedUpload | undefined> {
    const listed = await this.#listed(before.id);
    if (listed === 'unknown') return undefined;
    if (listed === 'untold') return before;
    const tags: (string | null)[] = [];
    for (let number = 1; number <= this.#countOf(before); number += 1) {
      const part = listed.get(number);
      tags.push(part?.bytes === this.#bytesOf(before, number) ? part.tag : null);
    }
    return { ...before, tags };
  }

  /** Sends the parts that are missing and makes the object of all. */
  async run(begun: UnfinishedUpload, { onProgress, signal }: PutOptions): Promise<void> {
    const { uploads, key, file } = this.#options;
    const tags = [...begun.tags];
    let arrived = 0;
    const handle = await open(file, 'r');
    try {
      for (let number = 1; number <= this.#countOf(begun); number += 1) {
        signal?.throwIfAborted();
        tags[number - 1] ??= await this.#sendPart(begun, number, handle, signal);
        await uploads.set(key, { ...begun, tags });
        arrived += this.#bytesOf(begun, number);
        onProgress?.(arrived);
      }
    } finally {
      await handle.close();
    }
    await this.#complete(begun.id, tags, signal);
  }

  /** Tells the storage to forget what arrived. */
  async abort(id: string): Promise<void> {
    const { client, key } = this.#options;
    const expect = [404, 405, 501];
    await client.send({ what: `forget ${key}`, method: 'DELETE', key, query: { uploadId: id }, expect });
  }

  async #sendPart(
    begun: UnfinishedUpload,
    number: number,
    handle: FileHandle,
    signal: AbortSignal | undefined,
  ): Promise<string> {
    const { client, key } = this.#options;
    const body = new Uint8Array(this.#bytesOf(begun, number));
    const { bytesRead } = await handle.read(body, 0, body.length, (number - 1) * begun.partBytes);
    if (bytesRead !== body.length) throw new ObjectStorageFailed(`take ${key}: the file changed`);
    const query = { partNumber: String(number), uploadId: begun.id };
    const answer = await client.send({
      what: `take part ${number} of ${key}`,
      method: 'PUT',
      key,
      query,
      body,
      signal,
    });
    await answer.body?.cancel();
    const tag = answer.headers.get('etag');
    if (tag === null) throw new ObjectStorageFailed(`take part ${number} of ${key}: it gave no entity tag`);
    return tag;
  }

  async #complete(id: string, tags: readonly (string | null)[], signal: AbortSignal | undefined): Promise<void> {
    const { client, key } = this.#options;
    const parts = tags.map(
      (tag, index) => `<Part><PartNumber>${index + 1}</PartNumber><ETag>${escape(tag)}</ETag></Part>`,
    );
    const body = new TextEncoder().encode(`<CompleteMultipartUpload>${parts.join('')}</CompleteMultipartUpload>`);
    const headers = { 'Content-Type': 'application/xml' };
    const what = `complete ${key}`;
    const answer = await client.send({ what, method: 'POST', key, query: { uploadId: id }, headers, body, signal });
    // S3 sends 200 before it knows how it ends
    const code = elementOf(await answer.text(), 'Code');
    if (code !== undefined) throw new ObjectStorageFailed(`${what}: ${code}`, answer.status);
  }

  async #listed(id: string): Promise<Map<number, ListedPart> | 'unknown' | 'untold'> {
    const { client, key } = this.#options;
    const found = new Map<number, ListedPart>();
    for (let marker = '0'; ;) {
      const query = { uploadId: id, 'part-number-marker': marker };
      const expect = [404, 405, 501];
      const answer = await client.send({ what: `list the parts of ${key}`, method: 'GET', key, query, expect });
      const text = await answer.text();
      if (answer.status === 404) return 'unknown';
      // some storages do not tell: then our own notes count
      if (!answer.ok) return 'untold';
      for (const part of partsOf(text)) found.set(part.number, part);
      const next = elementOf(text, 'NextPartNumberMarker');
      if (elementOf(text, 'IsTruncated') !== 'true' || next === undefined || next === marker) return found;
      marker = next;
    }
  }

  #countOf({ bytes, partBytes }: UnfinishedUpload): number {
    return Math.ceil(bytes / partBytes);
  }

  #bytesOf({ bytes, partBytes }: UnfinishedUpload, number: number): number {
    return Math.min(partBytes, bytes - (number - 1) * partBytes);
  }
}

function partsOf(text: string): ListedPart[] {
  return [...text.matchAll(/<Part>([\s\S]*?)<\/Part>/g)].flatMap(([, part = '']) => {
    const tag = elementOf(part, 'ETag');
    const number = Number(elementOf(part, 'PartNumber'));
    const bytes = Number(elementOf(part, 'Size'));
    return tag === undefined || !Number.isSafeInteger(number) ? [] : [{ number, tag, bytes }];
  });
}

function elementOf(text: string, name: string): string | undefined {
  const found = new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1];
  return found?.replaceAll('&quot;', '"').replaceAll('&#34;', '"').replaceAll('&amp;', '&');
}

function escape(tag: string | null): string {
  return (tag ?? '').replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
