import type { RecordingLink } from '@weir/contract';

/** The address of the page that plays a shared recording: it carries the token of the link. */
export function watchLinkOf(origin: string, id: string, { playlistUrl, url }: RecordingLink): string {
  const page = new URL(`/recordings/${encodeURIComponent(id)}`, origin);
  const [, token] = /^\/shared\/[^/]+\/([^/]+)\//.exec(playlistUrl ?? url ?? '') ?? [];
  if (token !== undefined) page.searchParams.set('token', decodeURIComponent(token));
  return page.href;
}
