/** What authentication needs of the configuration. */
export interface AuthOptions {
  /** Token of the operator, who may do everything; default none. */
  readonly adminToken?: string | undefined;
  /** Who may make an account: who was invited, or anybody; default `invitation`. */
  readonly signUp?: 'open' | 'invitation' | undefined;
  /** Accept keys, tokens and passwords over plain HTTP from public addresses; default false. */
  readonly allowInsecureKeys: boolean;
  /** Addresses and networks of proxies whose `X-Forwarded-*` headers are believed; default none. */
  readonly trustedProxies: readonly string[];
}

/** Injection token of AuthOptions. */
export const AUTH_OPTIONS = Symbol('AUTH_OPTIONS');
