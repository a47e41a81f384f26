/** A STUN or TURN server that clients are told to use. */
export interface IceServer {
  /** `stun:`, `stuns:`, `turn:` or `turns:` URLs (RFC 7064, RFC 7065). */
  readonly urls: readonly string[];
  readonly username?: string;
  readonly credential?: string;
}

/** One `Link` header value for each URL (RFC 9725 4.6); URLs that are no STUN or TURN URL are left out. */
export function iceServerLinks(servers: readonly IceServer[]): string[] {
  return servers.flatMap((server) => server.urls.filter(isIceUrl).map((url) => iceServerLink(url, server)));
}

function iceServerLink(url: string, { username, credential }: IceServer): string {
  const link = `<${url}>; rel="ice-server"`;
  if (username === undefined || credential === undefined || url.startsWith('stun')) return link;
  return `${link}; username=${quoted(username)}; credential=${quoted(credential)}; credential-type="password"`;
}

function isIceUrl(url: string): boolean {
  return /^(stun|turn)s?:[A-Za-z0-9.:[\]?=_-]+$/.test(url);
}

function quoted(text: string): string {
  return `"${text.replace(/[^\t\x20-\x7e]/g, '').replace(/["\\]/g, '\\$&')}"`;
}
