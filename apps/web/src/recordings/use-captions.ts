import { useEffect, useState } from 'preact/hooks';
import type { CaptionTrack } from '@weir/contract';
import { Captions } from '../player/captions.js';
import type { Player } from '../player/player.js';
import '../style/captions.css';

/** The captions of a recording in its player; `listUrl` tells which there are, `renewed` counts the changes to them. */
export function useCaptions(
  player: Player | undefined,
  listUrl: string,
  renewed: number,
): { captions: Captions | undefined; tracks: readonly CaptionTrack[] } {
  const [captions, setCaptions] = useState<Captions>();
  const [tracks, setTracks] = useState<readonly CaptionTrack[]>([]);
  const video = player?.playback.video;
  useEffect(() => {
    if (video === undefined) return;
    const opened = new Captions(video);
    setCaptions(opened);
    return () => opened.close();
  }, [video]);
  useEffect(() => {
    fetch(listUrl)
      .then(async (response) => setTracks(response.ok ? ((await response.json()) as CaptionTrack[]) : []))
      .catch(() => undefined);
  }, [listUrl, renewed]);
  useEffect(() => {
    // A file beside the list, so that the captions of a shared link come by that link; another version is another address.
    if (captions !== undefined)
      captions.tracks.value = tracks.map((track) => ({ ...track, url: besideOf(listUrl, track) }));
  }, [captions, tracks, listUrl]);
  return { captions, tracks };
}

function besideOf(listUrl: string, { language, updatedAt }: CaptionTrack): string {
  return listUrl.replace(/captions\.json$/, `captions.${language}.vtt?v=${Date.parse(updatedAt)}`);
}
