import { Injectable } from '@nestjs/common';
import type { AdministerAccount, SignIn } from '@weir/contract';
import { type AccountRow, Database } from '@weir/store';
import type { KnownBrowser } from './known-browsers.js';
import { nameForm } from './look-alike.js';
import { Passwords } from './passwords.js';
import { Sessions } from './sessions.js';
import { SignInLimits } from './sign-in-limits.js';

/** Thrown when there is no such account. */
export class AccountUnknown extends Error {
  constructor() {
    super('There is no such account.');
    this.name = 'AccountUnknown';
  }
}

/** The accounts that there are: who they are, and what they may do. */
@Injectable()
export class Accounts {
  readonly #database: Database;
  readonly #passwords: Passwords;
  readonly #limits: SignInLimits;
  readonly #sessions: Sessions;

  constructor(database: Database, passwords: Passwords, limits: SignInLimits, sessions: Sessions) {
    this.#database = database;
    this.#passwords = passwords;
    this.#limits = limits;
    this.#sessions = sessions;
  }

  /** The account of a name and a password; rejects with PasswordRejected or TooManyAttempts, never telling whether there is one. */
  async signIn({ name, password }: SignIn, browser: KnownBrowser | undefined): Promise<AccountRow> {
    const nameKey = nameForm(name);
    const found = await this.#database.accounts.credentials(nameKey);
    // what strangers try elsewhere is not counted where the account was signed in before
    const isKnown = browser !== undefined && browser.account === found?.account.id;
    await this.#limits.check(isKnown ? `browser ${browser.id}` : `name ${nameKey}`, async () => {
      if (!(await this.#passwords.verify(password, found?.password))) return false;
      // it may have been changed while this one was checked
      const now = await this.#database.accounts.credentials(nameKey);
      return now?.password === found?.password && now?.account.disabledAtMs === undefined;
    });
    if (found === undefined) throw new AccountUnknown();
    return found.account;
  }

  /** Sets another password for who knows the one before, and ends every session but one; rejects with PasswordRejected or TooManyAttempts. */
  async changePassword(account: AccountRow, session: string, before: string, password: string): Promise<void> {
    const found = await this.#database.accounts.credentials(nameForm(account.name));
    await this.#limits.check(`session ${session}`, () => this.#passwords.verify(before, found?.password));
    await this.#database.accounts.setPassword(account.id, await this.#passwords.hash(password));
    await this.#sessions.endOthers(account.id, session);
  }

  /** Changes what an account may do, for administrators; rejects with AccountUnknown. */
  async administer(id: string, change: AdministerAccount): Promise<AccountRow> {
    await this.find(id);
    const { isAdmin, mayCreate, disabled, password } = change;
    const disabledAtMs = disabled === undefined ? undefined : disabled ? Date.now() : null;
    if (password !== undefined) {
      await this.#database.accounts.setPassword(id, await this.#passwords.hash(password));
    }
    await this.#database.accounts.update(id, { isAdmin, mayCreate, disabledAtMs });
    if (disabled === true || password !== undefined) await this.#sessions.endAll(id);
    else if (isAdmin !== undefined) this.#sessions.events.emit('ended', id, undefined);
    return this.find(id);
  }

  /** The account of that id; rejects with AccountUnknown. */
  async find(id: string): Promise<AccountRow> {
    const account = await this.#database.accounts.find(id);
    if (account === undefined) throw new AccountUnknown();
    return account;
  }

  /** Every account, oldest first. */
  async list(): Promise<AccountRow[]> {
    return this.#database.accounts.list();
  }

  /** Whether somebody has that name, or one that looks the same. */
  async isNameTaken(name: string): Promise<boolean> {
    return (await this.#database.accounts.findByName(nameForm(name))) !== undefined;
  }
}
