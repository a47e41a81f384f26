import type { Scope } from '@weir/contract';
import type { AccountRow } from '@weir/store';

/** Who makes a request. */
export interface Caller {
  /** `a:` and an account's id, `g:` and a guest's, `operator`, or empty for nobody in particular. */
  readonly key: string;
  /** Undefined for guests and for the operator. */
  readonly account: AccountRow | undefined;
  /** What the token is good for; undefined for all that the account may do. */
  readonly scopes: ReadonlySet<Scope> | undefined;
  /** Administers the whole server. */
  readonly isAdmin: boolean;
  /** What proved it; guests are `none`. */
  readonly via: 'cookie' | 'token' | 'operator' | 'none';
  /** The account's name; empty for guests. */
  readonly name: string;
  /** Id of the session of a cookie. */
  readonly session?: string;
}

/** Thrown when a bearer token is shown that does not exist, was revoked or has expired. */
export class CredentialsRejected extends Error {
  constructor() {
    super('The token is not valid: it never was, was revoked or has expired.');
    this.name = 'CredentialsRejected';
  }
}

/** Thrown when something is for those who are signed in only. */
export class SignInNeeded extends Error {
  constructor() {
    super('Sign in first, or send an API token.');
    this.name = 'SignInNeeded';
  }
}

/** Thrown when an API token is not good for what is asked. */
export class ScopeMissing extends Error {
  constructor(scope: Scope) {
    super(`The API token needs the scope "${scope}".`);
    this.name = 'ScopeMissing';
  }
}

/** Thrown when somebody is known and may not do what is asked. */
export class NotAllowed extends Error {
  constructor(why = 'This account may not do that.') {
    super(why);
    this.name = 'NotAllowed';
  }
}

/** Throws SignInNeeded unless it is somebody who proved it, and ScopeMissing unless the token is good for the scope. */
export function requireScope(caller: Caller, scope: Scope): void {
  if (caller.via === 'none') throw new SignInNeeded();
  if (caller.scopes !== undefined && !caller.scopes.has(scope)) throw new ScopeMissing(scope);
}
