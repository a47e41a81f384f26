import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { SignUp } from '@weir/contract';
import { type AccountRow, Database } from '@weir/store';
import { AUTH_OPTIONS, type AuthOptions } from './auth-options.js';
import { Invitations } from './invitations.js';
import { isReservedName, nameForm } from './look-alike.js';
import { Passwords } from './passwords.js';
import { Setup } from './setup.js';

/** Thrown when an account is to be made under a name that is taken. */
export class AccountNameTaken extends Error {
  constructor() {
    super('The name is taken: choose another one.');
    this.name = 'AccountNameTaken';
  }
}

/** Thrown when an account is to be made without an invitation, on a server that needs one. */
export class InvitationNeeded extends Error {
  constructor() {
    super('Accounts are made by invitation here: open the link of an invitation.');
    this.name = 'InvitationNeeded';
  }
}

/** Makes accounts: for who started the server, for who is invited and, where that is open, for anybody. */
@Injectable()
export class SignUps {
  readonly #database: Database;
  readonly #passwords: Passwords;
  readonly #setup: Setup;
  readonly #invitations: Invitations;
  /** Who may make an account. */
  readonly by: 'open' | 'invitation';

  constructor(
    database: Database,
    passwords: Passwords,
    setup: Setup,
    invitations: Invitations,
    @Inject(AUTH_OPTIONS) options: AuthOptions,
  ) {
    this.#database = database;
    this.#passwords = passwords;
    this.#setup = setup;
    this.#invitations = invitations;
    this.by = options.signUp ?? 'invitation';
  }

  /** Makes an account; rejects with SetupCodeRejected, InvitationInvalid, InvitationNeeded or AccountNameTaken. */
  async create(body: SignUp): Promise<AccountRow> {
    if (body.setup !== undefined) return this.#first(body, body.setup);
    if (body.invitation !== undefined) return this.#invited(body, body.invitation);
    if (this.by !== 'open') throw new InvitationNeeded();
    return this.#insert(body, false);
  }

  async #first(body: SignUp, code: string): Promise<AccountRow> {
    await this.#setup.verify(code);
    return this.#insert(body, true, () => this.#setup.redeem(code));
  }

  async #invited(body: SignUp, code: string): Promise<AccountRow> {
    const invitation = await this.#invitations.find(code);
    const account = await this.#invitations.takeFirst(invitation, () => this.#insert(body, false));
    // with what the invitation gave
    return (await this.#database.accounts.find(account.id)) ?? account;
  }

  async #insert({ name, password }: SignUp, isFirst: boolean, before?: () => Promise<void>): Promise<AccountRow> {
    const nameKey = nameForm(name);
    // who owns the server may be called so; nobody else may seem to
    if (nameKey === '' || (!isFirst && isReservedName(name))) throw new AccountNameTaken();
    if ((await this.#database.accounts.findByName(nameKey)) !== undefined) throw new AccountNameTaken();
    const account = { id: randomUUID(), name, isAdmin: isFirst, mayCreate: isFirst, createdAtMs: Date.now() };
    const proof = await this.#passwords.hash(password);
    await before?.();
    if (!(await this.#database.accounts.insert({ ...account, nameKey, password: proof }))) throw new AccountNameTaken();
    return { ...account, disabledAtMs: undefined };
  }
}
