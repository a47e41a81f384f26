import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database, type StreamKeyRow } from '@weir/store';
import { hashSecret, newSecret, sameHash } from './secret.js';

/** Thrown when a publisher shows no key, or one that does not exist or was revoked. */
export class StreamKeyRejected extends Error {
  /** True when there was a key. */
  readonly given: boolean;

  constructor(given: boolean) {
    super(given ? 'The stream key is not valid: copy it again or make a new one.' : 'A stream key is needed.');
    this.name = 'StreamKeyRejected';
    this.given = given;
  }
}

/** Thrown when a key is good, but for another channel. */
export class StreamKeyForeign extends Error {
  constructor() {
    super('The stream key belongs to another channel.');
    this.name = 'StreamKeyForeign';
  }
}

/** A stream key just made; its value is never told again. */
export interface NewStreamKey {
  readonly id: string;
  readonly key: string;
  readonly label: string;
}

/** The stream keys: each lets its holder publish on one channel. */
@Injectable()
export class StreamKeys {
  readonly #database: Database;
  readonly #transient: { readonly channel: string; readonly hash: Uint8Array }[] = [];

  constructor(database: Database) {
    this.#database = database;
  }

  /** Makes a key for a channel that exists. */
  create(channel: string, label: string): NewStreamKey {
    const key = newSecret();
    const id = randomUUID();
    this.#database.streamKeys.insert({ id, channel, hash: hashSecret(key), label, createdAtMs: Date.now() });
    return { id, key, label };
  }

  /** Makes a key for the server's own use, which ends with the process and is nowhere stored. */
  createTransient(channel: string): string {
    const key = newSecret();
    this.#transient.push({ channel, hash: hashSecret(key) });
    return key;
  }

  /** The channel that the key names; throws StreamKeyRejected. */
  verify(key: string | undefined): string {
    if (key === undefined) throw new StreamKeyRejected(false);
    const hash = hashSecret(key);
    const row = this.#database.streamKeys.findByHash(hash);
    if (row !== undefined && sameHash(row.hash, hash) && row.revokedAtMs === undefined) {
      this.#database.streamKeys.touch(row.id, Date.now());
      return row.channel;
    }
    const transient = this.#transient.find((candidate) => sameHash(candidate.hash, hash));
    if (transient === undefined) throw new StreamKeyRejected(true);
    return transient.channel;
  }

  /** Like `verify`, and the key must be one of that channel; throws StreamKeyForeign. */
  verifyFor(channel: string, key: string | undefined): void {
    if (this.verify(key) !== channel) throw new StreamKeyForeign();
  }

  /** The stored keys of a channel, oldest first, without their values. */
  list(channel: string): StreamKeyRow[] {
    return this.#database.streamKeys.list(channel);
  }

  /** Ends a key for good; false when the channel has no such key. */
  revoke(channel: string, id: string): boolean {
    return this.#database.streamKeys.revoke(channel, id, Date.now());
  }
}
