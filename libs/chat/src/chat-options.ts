/** What the chat needs of the configuration. */
export interface ChatOptions {
  /** Most sockets of one address, a /64 network for IPv6; default 200. */
  readonly chatSocketsPerAddress: number;
  /** Most sockets in all; default 10000. */
  readonly chatSocketsMax: number;
}

/** Injection token of ChatOptions. */
export const CHAT_OPTIONS = Symbol('CHAT_OPTIONS');
