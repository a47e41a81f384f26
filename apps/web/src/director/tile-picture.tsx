import { useEffect, useRef } from 'preact/hooks';

/** The picture of a guest, without its sound, which the room plays. */
export function TilePicture({ stream, mirrored, fit }: { stream: MediaStream; mirrored: boolean; fit: string }) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const element = video.current;
    if (element === null) return;
    element.srcObject = stream;
    void element.play().catch(() => undefined);
    return () => {
      element.srcObject = null;
    };
  }, [stream]);
  return (
    <video
      ref={video}
      class={mirrored ? 'cast-video mirrored' : 'cast-video'}
      style={{ objectFit: fit }}
      muted
      playsInline
      aria-hidden="true"
    />
  );
}
