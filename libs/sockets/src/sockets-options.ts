/** What sockets need of the configuration. */
export interface SocketsOptions {
  /** Most sockets of one address, a /64 network for IPv6; default 200. */
  readonly chatSocketsPerAddress: number;
  /** Most sockets in all; default 10000. */
  readonly chatSocketsMax: number;
}

/** Injection token of SocketsOptions. */
export const SOCKETS_OPTIONS = Symbol('SOCKETS_OPTIONS');
