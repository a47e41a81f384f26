import type { StageRoom } from './stage-room.js';

/** What is seen and heard of everybody on the stage, by guest, one's own camera and screen included; for a component that draws them. */
export function streamsOf(room: StageRoom): ReadonlyMap<string, MediaStream> {
  const streams = new Map<string, MediaStream>();
  for (const { id, stream } of room.participants.value) {
    if (stream.value !== undefined) streams.set(id, stream.value);
  }
  const own = room.you.value?.guest;
  if (own === null || own === undefined) return streams;
  const [camera, screen] = [room.media?.sources.video.value, room.screen.track.value];
  if (camera) streams.set(own, streamOf(camera));
  if (screen) streams.set(`${own}-screen`, streamOf(screen));
  return streams;
}

const wrapped = new WeakMap<MediaStreamTrack, MediaStream>();

/** The stream of a track, the same one each time, so that no picture begins anew. */
export function streamOf(track: MediaStreamTrack): MediaStream {
  const stream = wrapped.get(track) ?? new MediaStream([track]);
  wrapped.set(track, stream);
  return stream;
}
