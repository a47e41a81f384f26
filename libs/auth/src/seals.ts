import { createHmac, randomBytes } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '@weir/store';
import { sameHash } from './secret.js';

/** Proves that a text which a browser keeps was written by this server. */
@Injectable()
export class Seals implements OnModuleInit {
  readonly #database: Database;
  #secret: Uint8Array | undefined;

  constructor(database: Database) {
    this.#database = database;
  }

  async onModuleInit(): Promise<void> {
    this.#secret = await this.#database.settings.ensure('cookie-secret', () => randomBytes(32));
  }

  /** The seal of a text for one purpose: 43 characters safe in cookies and URLs. */
  seal(purpose: string, text: string): string {
    if (this.#secret === undefined) throw new Error('Seals are used before they are initialised.');
    // a line break cannot be in a purpose, so no two pairs make the same bytes
    return createHmac('sha256', this.#secret).update(`${purpose}\n${text}`).digest('base64url');
  }

  /** Whether it is the seal of that text for that purpose; in constant time. */
  isSeal(purpose: string, text: string, seal: string): boolean {
    return sameHash(Buffer.from(this.seal(purpose, text)), Buffer.from(seal));
  }
}
