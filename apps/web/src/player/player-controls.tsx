import type { ComponentChildren } from 'preact';
import { useLoaded } from '../chat/use-loaded.js';
import { playerWords } from '../language/player.js';
import { LiveBadge } from '../page/live-badge.js';
import type { Captions } from './captions.js';
import { Control } from './control.js';
import type { FullScreen } from './full-screen.js';
import { OptionsMenu } from './options-menu.js';
import { togglePictureInPicture } from './picture-in-picture.js';
import type { Player } from './player.js';
import type { Preview } from './seek-bar.js';
import type { TransportChoice } from './transport.js';

interface PlayerControlsProps {
  player: Player;
  full: FullScreen;
  transport: TransportChoice | undefined;
  preview: Preview | undefined;
  captions: Captions | undefined;
  /** What the settings show; undefined until it is loaded. */
  settings: ComponentChildren;
  onFull: () => void;
  onHelp: () => void;
  onSettings: () => void;
}

const WITHOUT_PLAYBACK = ['offline', 'ended', 'refused', 'unavailable'];
const BACK_SECONDS = 10;

/** The bar below the picture. */
export function PlayerControls(props: PlayerControlsProps) {
  const { player, full, preview, captions, transport, settings, onFull, onHelp, onSettings } = props;
  const words = playerWords.value;
  const state = player.state.value;
  const playable = !WITHOUT_PLAYBACK.includes(state) || (state === 'ended' && player.rewind !== undefined);
  const rewind = playable && player.rewind?.window.value !== undefined ? player.rewind : undefined;
  const time = useLoaded(player.rewind !== undefined, () => import('./time-controls.js'));
  return (
    <div class="controls">
      {rewind && time && <time.SeekBar rewind={rewind} preview={preview} />}
      <div class="controls-row">
        {playable && <Sound player={player} />}
        {playable && <BackButton player={player} />}
        {rewind && time ? (
          <time.LiveEdge rewind={rewind} />
        ) : (
          transport !== undefined &&
          state !== 'unavailable' && <LiveBadge live={['connected', 'stalled'].includes(state)} />
        )}
        {rewind && time && <time.Time rewind={rewind} />}
        <Latency player={player} transport={transport} />
        <span class="controls-gap" />
        <Control icon="keyboard" label={words.shortcuts} keys="?" extra="wide-only" onClick={onHelp} />
        {captions !== undefined && captions.tracks.value.length > 0 && <CaptionsButton captions={captions} />}
        <OptionsMenu onOpen={onSettings}>{settings}</OptionsMenu>
        {playable && document.pictureInPictureEnabled && (
          <Control
            icon="pip"
            label={words.pictureInPicture}
            keys="i"
            onClick={() => void togglePictureInPicture(player.playback.video)}
          />
        )}
        <Control
          icon={full.on.value ? 'small' : 'full'}
          label={full.on.value ? words.leaveFullscreen : words.fullscreen}
          keys="f"
          testId="full-screen"
          onClick={onFull}
        />
      </div>
    </div>
  );
}

function Sound({ player: { playback } }: { player: Player }) {
  const words = playerWords.value;
  const muted = playback.muted.value;
  const percent = muted ? 0 : Math.round(playback.volume.value * 100);
  return (
    <>
      <Control
        icon={playback.paused.value ? 'play' : 'pause'}
        label={playback.paused.value ? words.play : words.pause}
        keys="Space k"
        testId="play"
        onClick={() => playback.togglePlay()}
      />
      <Control
        icon={muted ? 'muted' : 'volume'}
        label={muted ? words.unmuteButton : words.mute}
        keys="m"
        testId="mute"
        onClick={() => playback.toggleMute()}
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
        onInput={(event) => playback.setVolume(Number(event.currentTarget.value) / 100)}
      />
    </>
  );
}

/** The way into the past from real time, which has none of its own. */
function BackButton({ player }: { player: Player }) {
  const { goBack } = player;
  if (goBack === undefined) return null;
  return (
    <Control
      icon="rewind"
      label={playerWords.value.goBack}
      keys="ArrowLeft j"
      testId="go-back"
      onClick={() => goBack(BACK_SECONDS)}
    />
  );
}

function CaptionsButton({ captions }: { captions: Captions }) {
  return (
    <Control
      icon="captions"
      label={playerWords.value.captions}
      keys="c"
      pressed={captions.isOn.value}
      testId="captions"
      onClick={() => captions.toggle()}
    />
  );
}

function Latency({ player, transport }: { player: Player; transport: TransportChoice | undefined }) {
  const delay = player.delay.value;
  if (delay === undefined || player.rewind?.edge.value === 'behind') return null;
  const words = playerWords.value;
  const rounded = Math.max(10, Math.round(delay.milliseconds / 10) * 10);
  const told = delay.milliseconds < 1000 ? words.latencyMs(rounded) : words.latencySeconds(seconds(delay.milliseconds));
  return (
    <span class="controls-delay" title={delay.measured ? words.latencyLabel : words.delayLabel}>
      {transport !== undefined && (
        <span class="controls-way wide-only">{words.transportNames[transport.showing.value]} </span>
      )}
      <span data-testid="delay" data-measured={delay.measured}>
        {delay.measured ? told : words.delay(rounded)}
      </span>
    </span>
  );
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(1);
}
