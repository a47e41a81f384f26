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

/** Thrown when a key is no good for as long as its maker, or every owner of its channel, is disabled or no owner. */
export class StreamKeyResting extends Error {
  constructor() {
    super(
      'The stream key rests: nobody who answers for it may publish on the channel now. Ask an owner for another one.',
    );
    this.name = 'StreamKeyResting';
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
  /** Account that made it; undefined for the operator's. */
  readonly madeBy: string | undefined;
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

  /** Makes a key for a channel that exists, which rests while `madeBy` is disabled or no owner of the channel; undefined for the operator. */
  async create(channel: string, label: string, madeBy: string | undefined): Promise<NewStreamKey> {
    const key = newSecret();
    const id = randomUUID();
    const row = { id, channel, hash: hashSecret(key), label, createdAtMs: Date.now(), createdBy: madeBy };
    await this.#database.streamKeys.insert(row);
    return { id, key, label };
  }

  /** Makes a key for the server's own use, which ends with the process and is nowhere stored. */
  createTransient(channel: string): string {
    const key = newSecret();
    this.#transient.push({ channel, hash: hashSecret(key) });
    return key;
  }

  /** The channel that the key names, noting its use; rejects with StreamKeyRejected or StreamKeyResting. */
  async verify(key: string | undefined): Promise<VerifiedStreamKey> {
    if (key === undefined) throw new StreamKeyRejected(false);
    const hash = hashSecret(key);
    const transient = this.#transient.find((candidate) => sameHash(candidate.hash, hash));
    if (transient !== undefined) return { channel: transient.channel, id: undefined, madeBy: undefined };
    const row = await this.#database.streamKeys.findByHash(hash);
    if (row === undefined || !sameHash(row.hash, hash) || row.revokedAtMs !== undefined) {
      throw new StreamKeyRejected(true);
    }
    if (row.rests) throw new StreamKeyResting();
    await this.#database.streamKeys.touch(row.id, Date.now());
    return { channel: row.channel, id: row.id, madeBy: row.createdBy };
  }

  /** Whether who showed a key may still publish with it. */
  async isGood({ id }: VerifiedStreamKey): Promise<boolean> {
    if (id === undefined) return true;
    const row = await this.#database.streamKeys.find(id);
    return row !== undefined && row.revokedAtMs === undefined && !row.rests;
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
