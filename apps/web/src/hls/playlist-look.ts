import { RequestRefused } from '../media/request-refused.js';

const LOOK_TIMEOUT_MS = 20_000;

/** What a look at a multivariant playlist found. */
export type PlaylistLook =
  /** It is there; `stream` names the run that it plays. */
  | { readonly kind: 'found'; readonly stream: string }
  | { readonly kind: 'refused'; readonly refusal: RequestRefused }
  /** The network or the server is gone. */
  | { readonly kind: 'unreachable' };

/** Asks for a multivariant playlist, past every cache. */
export async function lookAtPlaylist(url: string, signal: AbortSignal, token?: string): Promise<PlaylistLook> {
  try {
    const response = await fetch(url, {
      cache: 'no-store',
      headers: token === undefined ? {} : { Authorization: `Bearer ${token}` },
      signal: AbortSignal.any([signal, AbortSignal.timeout(LOOK_TIMEOUT_MS)]),
    });
    if (!response.ok) return { kind: 'refused', refusal: await RequestRefused.from(response) };
    return { kind: 'found', stream: streamOf(await response.text()) };
  } catch {
    return { kind: 'unreachable' };
  }
}

/** What the addresses of a multivariant playlist have in common in front of track and file: the run of the stream. */
export function streamOf(playlist: string): string {
  const address = playlist.split(/\r?\n/).find((line) => line !== '' && !line.startsWith('#'));
  return address?.split(/[?#]/)[0]?.split('/').slice(0, -2).join('/') ?? '';
}
