/** ICE servers that a `Link` header announces with `rel="ice-server"` (RFC 9725 4.6); other links are ignored. */
export function iceServersOf(header: string | null): RTCIceServer[] {
  const servers: RTCIceServer[] = [];
  for (const link of (header ?? '').split(/,\s*(?=<)/)) {
    const target = /^\s*<((?:stun|turn)s?:[^>]+)>/i.exec(link)?.[1];
    if (target === undefined || parameter(link, 'rel') !== 'ice-server') continue;
    const username = parameter(link, 'username');
    const credential = parameter(link, 'credential');
    servers.push(
      username === undefined || credential === undefined ? { urls: target } : { urls: target, username, credential },
    );
  }
  return servers;
}

function parameter(link: string, name: string): string | undefined {
  const found = new RegExp(`;\\s*${name}\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|([^;,\\s]+))`, 'i').exec(link);
  return found?.[1]?.replace(/\\(.)/g, '$1') ?? found?.[2];
}
