import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '@weir/store';

/** Thrown for a link that was not made here, was changed or has expired. */
export class ShareLinkInvalid extends Error {
  constructor() {
    super('The link is not valid or has expired.');
    this.name = 'ShareLinkInvalid';
  }
}

/** Signs links to recordings, each for one recording and until a time. */
@Injectable()
export class ShareLinks implements OnModuleInit {
  readonly #database: Database;
  #secret = randomBytes(32) as Uint8Array;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Reads the secret, which the first start makes. */
  async onModuleInit(): Promise<void> {
    this.#secret = await this.#database.settings.ensure('recording-link-secret', () => randomBytes(32));
  }

  /** The token of a link: when it expires, in seconds and base 36, a dot and the signature. */
  sign(id: string, expiresAtMs: number): string {
    const expiry = Math.floor(expiresAtMs / 1000).toString(36);
    return `${expiry}.${this.#signature(id, expiry).toString('base64url')}`;
  }

  /** Throws ShareLinkInvalid unless the token is for that recording and has not expired. */
  verify(id: string, token: string, nowMs: number): void {
    const [, expiry = '', signature = ''] = /^([0-9a-z]{1,10})\.([\w-]{43})$/.exec(token) ?? [];
    const given = Buffer.from(signature, 'base64url');
    const expected = this.#signature(id, expiry);
    const isOurs = given.length === expected.length && timingSafeEqual(given, expected);
    // base64url has spare bits at its end: only the one spelling counts
    if (!isOurs || signature !== expected.toString('base64url')) throw new ShareLinkInvalid();
    if (Number.parseInt(expiry, 36) * 1000 <= nowMs) throw new ShareLinkInvalid();
  }

  #signature(id: string, expiry: string): Buffer {
    return createHmac('sha256', this.#secret).update(`recording ${id} ${expiry}`).digest();
  }
}
