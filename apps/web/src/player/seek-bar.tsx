import { useRef, useState } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import { clockTime } from '../language/format.js';
import { pageWords } from '../language/page.js';
import { playerWords } from '../language/player.js';
import type { Rewind } from './player.js';
import { secondsAt, secondsOfKey, shareAt, toldSeconds } from './time-window.js';
import type { TimeWindow } from './time-window.js';

/** What is shown above a place on the seek bar; seconds of media time. */
export type Preview = (seconds: number) => ComponentChildren;

const STEPS = 10_000;

/** Where in time the picture is, and the way to another place. */
export function SeekBar({ rewind, preview }: { rewind: Rewind; preview: Preview | undefined }) {
  const frame = useRef<HTMLDivElement>(null);
  const [pointed, setPointed] = useState<number>();
  const [dragged, setDragged] = useState<number>();
  const window = rewind.window.value;
  if (window === undefined) return null;
  const share = dragged ?? shareAt(window, window.positionSeconds);
  const point = (event: PointerEvent) => {
    const { left, width } = frame.current?.getBoundingClientRect() ?? { left: 0, width: 1 };
    setPointed(Math.max(0, Math.min(1, (event.clientX - left) / Math.max(1, width))));
  };
  const drop = (value: string) => {
    setDragged(undefined);
    rewind.seek(secondsAt(window, Number(value) / STEPS));
  };
  const shown = dragged ?? pointed;
  return (
    <div
      ref={frame}
      class="seek"
      style={{ '--played': String(share), '--buffered': String(shareAt(window, window.bufferedSeconds)) }}
      onPointerMove={point}
      onPointerLeave={() => setPointed(undefined)}
    >
      <span class="seek-track">
        <i class="seek-buffered" />
        <i class="seek-played" />
      </span>
      <i class="seek-thumb" />
      <input
        class="seek-input"
        type="range"
        min="0"
        max={STEPS}
        step="1"
        value={Math.round(share * STEPS)}
        aria-label={playerWords.value.seek}
        aria-valuetext={valueText(window, secondsAt(window, share))}
        data-testid="seek"
        onInput={(event) => setDragged(Number(event.currentTarget.value) / STEPS)}
        onChange={(event) => drop(event.currentTarget.value)}
        onKeyDown={(event) => {
          const seconds = secondsOfKey(window, event.key);
          if (seconds === undefined) return;
          event.preventDefault();
          if (event.key === 'End' && window.live) rewind.goLive();
          else rewind.seek(seconds);
        }}
      />
      {shown !== undefined && (
        <output class="seek-preview" style={{ '--at': String(shown) }} data-testid="seek-preview" aria-hidden="true">
          {preview?.(secondsAt(window, shown))}
          <span class="seek-time">{shortText(window, secondsAt(window, shown))}</span>
        </output>
      )}
    </div>
  );
}

function shortText(window: TimeWindow, seconds: number): string {
  const told = toldSeconds(window, seconds);
  if (!window.live) return clockTime(told * 1000);
  return told > -1 ? pageWords.value.live : `−${clockTime(-told * 1000)}`;
}

function valueText(window: TimeWindow, seconds: number): string {
  const words = playerWords.value;
  const told = toldSeconds(window, seconds);
  if (!window.live) {
    return words.timeOf(clockTime(told * 1000), clockTime((window.endSeconds - window.startSeconds) * 1000));
  }
  return told > -1 ? pageWords.value.live : words.behindLive(clockTime(-told * 1000));
}
