import { text } from '../language/language.js';
import { Icon } from '../page/icon.js';
import type { IconName } from '../page/icon.js';
import { LiveBadge } from '../page/live-badge.js';
import type { FullScreen } from './full-screen.js';
import type { Player } from './player.js';

interface PlayerControlsProps {
  player: Player;
  full: FullScreen;
  statsShown: boolean;
  onFull: () => void;
  onStats: () => void;
  onHelp: () => void;
}

/** The bar below the picture. */
export function PlayerControls({ player, full, statsShown, onFull, onStats, onHelp }: PlayerControlsProps) {
  const words = text.value.watch;
  return (
    <div class="controls">
      {!['offline', 'refused'].includes(player.state.value) && <Playback player={player} />}
      <LiveBadge live={player.state.value === 'connected'} />
      <Delay player={player} />
      <span class="controls-gap" />
      <Control icon="chart" label={words.stats} pressed={statsShown} testId="stats-toggle" onClick={onStats} />
      <Control icon="keyboard" label={words.shortcuts} keys="?" extra="wide-only" onClick={onHelp} />
      {document.pictureInPictureEnabled && (
        <Control icon="pip" label={words.pictureInPicture} onClick={() => void togglePictureInPicture(player.video)} />
      )}
      <Control
        icon={full.on.value ? 'small' : 'full'}
        label={full.on.value ? words.leaveFullscreen : words.fullscreen}
        keys="f"
        testId="full-screen"
        onClick={onFull}
      />
    </div>
  );
}

function Playback({ player }: { player: Player }) {
  const words = text.value.watch;
  const muted = player.muted.value;
  const percent = muted ? 0 : Math.round(player.volume.value * 100);
  return (
    <>
      <Control
        icon={player.paused.value ? 'play' : 'pause'}
        label={player.paused.value ? words.play : words.pause}
        keys="Space k"
        testId="play"
        onClick={() => player.togglePlay()}
      />
      <Control
        icon={muted ? 'muted' : 'volume'}
        label={muted ? words.unmuteButton : words.mute}
        keys="m"
        testId="mute"
        onClick={() => player.toggleMute()}
      />
      <input
        class="volume"
        type="range"
        min="0"
        max="100"
        step="5"
        value={percent}
        aria-label={words.volume}
        aria-valuetext={words.percent(percent)}
        data-testid="volume"
        onInput={(event) => player.setVolume(Number(event.currentTarget.value) / 100)}
      />
    </>
  );
}

function Delay({ player }: { player: Player }) {
  const figures = player.figures.value;
  if (player.state.value !== 'connected' || figures?.bufferMs === undefined) return null;
  const delayMs = figures.bufferMs + (figures.roundTripMs ?? 0) / 2;
  const words = text.value.watch;
  return (
    <span class="controls-delay" title={words.delayLabel} data-testid="delay">
      {words.delay(Math.max(10, Math.round(delayMs / 10) * 10))}
    </span>
  );
}

interface ControlProps {
  icon: IconName;
  label: string;
  keys?: string;
  pressed?: boolean;
  testId?: string;
  extra?: string;
  onClick: () => void;
}

function Control({ icon, label, keys, pressed, testId, extra, onClick }: ControlProps) {
  return (
    <button
      type="button"
      class={`control ${extra ?? ''}`}
      aria-label={label}
      title={label}
      aria-keyshortcuts={keys}
      aria-pressed={pressed}
      data-testid={testId}
      onClick={onClick}
    >
      <Icon name={icon} />
    </button>
  );
}

async function togglePictureInPicture(video: HTMLVideoElement): Promise<void> {
  if (document.pictureInPictureElement === null) await video.requestPictureInPicture().catch(() => undefined);
  else await document.exitPictureInPicture();
}
