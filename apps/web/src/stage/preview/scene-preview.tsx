import type { ReadonlySignal } from '@preact/signals';
import type { Arrangement, Stage, StageImage } from '@weir/contract';
import { useEffect, useRef } from 'preact/hooks';
import '../../style/scene-preview.css';
import type { LoadImage } from './preview-art.js';
import { StagePicture } from './stage-picture.js';

// A little less than a thirtieth of a second, so that no picture of a screen with 60 is missed.
const LEAST_MS = 30;

/** What a preview shows. */
export interface ScenePreviewProps {
  readonly stage: ReadonlySignal<Stage | undefined>;
  /** By guest, as arrangements name them; another map for every change. Their sound is not played. */
  readonly streams: ReadonlySignal<ReadonlyMap<string, MediaStream>>;
  /** Says what is seen to who does not see it. */
  readonly label: string;
  /** Another arrangement than the stage's: what a change would look like. */
  readonly arrangement?: ReadonlySignal<Arrangement | undefined>;
  /** Default: fetched from its address, with cookies. */
  readonly loadImage?: LoadImage;
}

/** The picture of a stage as the program makes it, drawn here: without its delay, and before it is live. */
export function ScenePreview({ stage, streams, label, arrangement, loadImage = fetchImage }: ScenePreviewProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const nursery = useRef<HTMLDivElement>(null);
  const load = useRef(loadImage);
  load.current = loadImage;
  useEffect(() => {
    const [element, home] = [canvas.current, nursery.current];
    if (element === null || home === null) return undefined;
    const picture = new StagePicture(element, home, (image) => load.current(image));
    const stop = whileSeen(element, (atMs) => {
      const seen = stage.peek();
      if (seen !== undefined)
        picture.draw({ stage: seen, arrangement: arrangement?.peek(), streams: streams.peek() }, atMs);
    });
    return () => {
      stop();
      picture.close();
    };
  }, [stage, streams, arrangement]);
  return (
    <div class="scene-preview">
      <canvas ref={canvas} role="img" aria-label={label} width={1280} height={720} data-testid="scene-preview" />
      <div ref={nursery} class="scene-preview-nursery" aria-hidden="true" />
    </div>
  );
}

async function fetchImage({ url }: StageImage): Promise<Blob> {
  const response = await fetch(url, { credentials: 'same-origin' });
  if (!response.ok) throw new Error(`no image: ${response.status}`);
  return response.blob();
}

/** Draws at most thirty times a second while the element is in sight; the answer ends that. */
function whileSeen(element: Element, draw: (atMs: number) => void): () => void {
  let frame: number | undefined;
  let lastMs = Number.NEGATIVE_INFINITY;
  const step = (atMs: number): void => {
    frame = requestAnimationFrame(step);
    if (atMs - lastMs < LEAST_MS) return;
    lastMs = atMs;
    draw(atMs);
  };
  const stop = (): void => {
    if (frame !== undefined) cancelAnimationFrame(frame);
    frame = undefined;
  };
  const observer = new IntersectionObserver((entries) => {
    const isSeen = entries.at(-1)?.isIntersecting ?? false;
    if (!isSeen) stop();
    else frame ??= requestAnimationFrame(step);
  });
  observer.observe(element);
  return () => {
    observer.disconnect();
    stop();
  };
}
