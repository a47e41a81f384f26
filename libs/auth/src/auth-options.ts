/** What authentication needs of the configuration. */
export interface AuthOptions {
  /** The admin token; default one handed out by the admin link of the first start. */
  readonly adminToken?: string | undefined;
  /** Accept keys and tokens over plain HTTP from public addresses; default false. */
  readonly allowInsecureKeys: boolean;
  /** Addresses and networks of proxies whose `X-Forwarded-*` headers are believed; default none. */
  readonly trustedProxies: readonly string[];
}

/** Injection token of AuthOptions. */
export const AUTH_OPTIONS = Symbol('AUTH_OPTIONS');
