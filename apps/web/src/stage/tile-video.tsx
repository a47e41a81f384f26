import { useEffect, useRef, useState } from 'preact/hooks';

interface TileVideoProps {
  stream: MediaStream | undefined;
  label: string;
  mirrored?: boolean;
  /** Told whether there is a picture. */
  onPicture: (isThere: boolean) => void;
}

/** The picture of a stream, without its sound. */
export function TileVideo({ stream, label, mirrored = false, onPicture }: TileVideoProps) {
  const video = useRef<HTMLVideoElement>(null);
  const [upright, setUpright] = useState(false);
  useEffect(() => {
    const element = video.current;
    if (element === null) return;
    element.srcObject = stream ?? null;
    if (stream === undefined) onPicture(false);
    else void element.play().catch(() => undefined);
  }, [stream]);
  return (
    <video
      ref={video}
      class={`tile-video${mirrored ? ' mirrored' : ''}${upright ? ' tile-upright' : ''}`}
      muted
      playsInline
      autoPlay
      aria-label={label}
      onResize={({ currentTarget: { videoWidth, videoHeight } }) => {
        setUpright(videoHeight > videoWidth);
        onPicture(videoWidth > 0);
      }}
    />
  );
}
