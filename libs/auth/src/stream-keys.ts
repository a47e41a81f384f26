import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
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

/** What a key that is good shows. */
export interface VerifiedStreamKey {
  readonly channel: string;
  /** Undefined for a key of the server's own. */
  readonly id: string | undefined;
}

/** What features may listen to. */
export interface StreamKeyEvents {
  /** A key of a channel is not good any more. */
  revoked: [channel: string, id: string];
}

/** The stream keys: each lets its holder publish on one channel. */
@Injectable()
export class StreamKeys {
  readonly events = new EventEmitter<StreamKeyEvents>();
  readonly #database: Database;
  readonly #transient: { readonly channel: string; readonly hash: Uint8Array }[] = [];

  constructor(database: Database) {
    this.#database = database;
  }

  /** Makes a key for a channel that exists. */
  async create(channel: string, label: string): Promise<NewStreamKey> {
    const key = newSecret();
    const id = randomUUID();
    await this.#database.streamKeys.insert({ id, channel, hash: hashSecret(key), label, createdAtMs: Date.now() });
    return { id, key, label };
  }

  /** Makes a key for the server's own use, which ends with the process and is nowhere stored. */
  createTransient(channel: string): string {
    const key = newSecret();
    this.#transient.push({ channel, hash: hashSecret(key) });
    return key;
  }

  /** The channel that the key names, noting its use; rejects with StreamKeyRejected. */
  async verify(key: string | undefined): Promise<VerifiedStreamKey> {
    if (key === undefined) throw new StreamKeyRejected(false);
    const hash = hashSecret(key);
    const transient = this.#transient.find((candidate) => sameHash(candidate.hash, hash));
    if (transient !== undefined) return { channel: transient.channel, id: undefined };
    const row = await this.#database.streamKeys.findByHash(hash);
    if (row === undefined || !sameHash(row.hash, hash) || row.revokedAtMs !== undefined) {
      throw new StreamKeyRejected(true);
    }
    await this.#database.streamKeys.touch(row.id, Date.now());
    return { channel: row.channel, id: row.id };
  }

  /** Like `verify`, and the key must be one of that channel; rejects with StreamKeyForeign. */
  async verifyFor(channel: string, key: string | undefined): Promise<VerifiedStreamKey> {
    const verified = await this.verify(key);
    if (verified.channel !== channel) throw new StreamKeyForeign();
    return verified;
  }

  /** The stored keys of a channel, oldest first, without their values. */
  async list(channel: string): Promise<StreamKeyRow[]> {
    return this.#database.streamKeys.list(channel);
  }

  /** Ends a key for good; false when the channel has no such key. */
  async revoke(channel: string, id: string): Promise<boolean> {
    const isRevoked = await this.#database.streamKeys.revoke(channel, id, Date.now());
    if (isRevoked) this.events.emit('revoked', channel, id);
    return isRevoked;
  }
}
