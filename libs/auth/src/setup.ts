import { Injectable } from '@nestjs/common';
import { Database } from '@weir/store';
import { hashSecret, newSecret, sameHash } from './secret.js';

/** Thrown when the code of the one-time link was used before or never existed. */
export class SetupCodeRejected extends Error {
  constructor() {
    super(
      'The setup link was used already or is an old one: a start prints a new one as long as nobody administers Weir.',
    );
    this.name = 'SetupCodeRejected';
  }
}

/** The one-time link by which whoever started the server makes the first account, which administers it. */
@Injectable()
export class Setup {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** A new code for the link, ending older ones; undefined once somebody administers the server. */
  async offerCode(): Promise<string | undefined> {
    if (await this.#database.accounts.hasAdmin()) {
      await this.#database.settings.delete('admin-code-hash');
      return undefined;
    }
    const code = newSecret();
    await this.#database.settings.set('admin-code-hash', hashSecret(code));
    return code;
  }

  /** Rejects with SetupCodeRejected unless it is the code. */
  async verify(code: string): Promise<void> {
    const expected = await this.#database.settings.get('admin-code-hash');
    if (expected === undefined || !sameHash(expected, hashSecret(code))) throw new SetupCodeRejected();
    if (await this.#database.accounts.hasAdmin()) throw new SetupCodeRejected();
  }

  /** Uses the code up; of several at once all but one reject with SetupCodeRejected. */
  async redeem(code: string): Promise<void> {
    await this.verify(code);
    if (!(await this.#database.settings.delete('admin-code-hash'))) throw new SetupCodeRejected();
  }
}
