import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { useLoaded } from '../chat/use-loaded.js';
import { recall, remember } from '../page/memory.js';
import type { Captions } from './captions.js';
import { FullScreen } from './full-screen.js';
import { togglePictureInPicture } from './picture-in-picture.js';
import type { Player } from './player.js';
import { PlayerControls } from './player-controls.js';
import { PlayerOverlay } from './player-overlay.js';
import type { Preview } from './seek-bar.js';
import { areShortcutsOn } from './shortcut-memory.js';
import { shortcutOf } from './shortcut.js';
import type { Shortcut } from './shortcut.js';
import type { StatsSource } from './stats-panel.js';
import { secondsAt } from './time-window.js';
import type { TransportChoice } from './transport.js';

const HIDE_AFTER_MS = 2500;
const STEP_SECONDS = 10;
const STATS_MEMORY = 'weir.stats';
const REPEATED: readonly Shortcut[] = ['louder', 'quieter', 'back', 'forward'];
const MOVING: readonly Shortcut[] = ['back', 'forward', 'to-start', 'to-end', 'share'];

interface PlayerViewProps {
  player: Player;
  /** What the picture is called, for who cannot see it. */
  label: string;
  /** Called while it shows, so that its figures are of now. */
  stats: () => StatsSource;
  transport?: TransportChoice;
  preview?: Preview | undefined;
  captions?: Captions | undefined;
  /** Lies over the picture and takes no clicks. */
  over?: ComponentChildren;
  /** Said of a channel that is not live, beside the words for it. */
  offline?: ComponentChildren;
  /** No bar and no keys: whoever embeds the player has his own. */
  bare?: boolean;
}

/** The picture with everything laid over it. */
export function PlayerView(props: PlayerViewProps) {
  const { player, label, transport, captions, bare = false } = props;
  const frame = useRef<HTMLDivElement>(null);
  const picture = useRef<HTMLDivElement>(null);
  const full = useRef(new FullScreen());
  const active = useSignal(true);
  const helpOpen = useSignal(false);
  const statsShown = useSignal(recall(STATS_MEMORY) === 'on');
  const settingsOpen = useSignal(false);
  const wantsExtras = statsShown.value || helpOpen.value || settingsOpen.value;
  const extras = useLoaded(wantsExtras, () => import('./extras.js'));
  const { playback } = player;

  useEffect(() => {
    picture.current?.replaceChildren(playback.video, playback.still);
  }, [playback]);
  useEffect(() => playback.video.setAttribute('aria-label', label), [playback, label]);

  useEffect(() => {
    let timer = setTimeout(() => undefined, 0);
    const wake = () => {
      active.value = true;
      clearTimeout(timer);
      timer = setTimeout(() => (active.value = false), HIDE_AFTER_MS);
    };
    wake();
    const place = frame.current;
    for (const kind of ['pointermove', 'pointerdown', 'keydown', 'focusin']) place?.addEventListener(kind, wake);
    return () => clearTimeout(timer);
  }, [active]);

  const toggleFull = () => full.current.toggle(frame.current, playback.video);
  const toggleStats = () => {
    statsShown.value = !statsShown.value;
    remember(STATS_MEMORY, statsShown.value ? 'on' : null);
  };
  // Before the next paint: a key that is pressed at once must be heard.
  useLayoutEffect(() => {
    if (bare) return;
    const onKey = (event: KeyboardEvent) => {
      const path = event.composedPath().filter((node) => node instanceof HTMLElement);
      const shortcut = shortcutOf({ ...keyOf(event), path });
      if (shortcut === undefined || event.defaultPrevented || !areShortcutsOn()) return;
      const goesBack = shortcut === 'back' && player.goBack !== undefined;
      if (MOVING.includes(shortcut) && player.rewind?.window.value === undefined && !goesBack) return;
      if (shortcut === 'captions' && !captions?.tracks.value.length) return;
      event.preventDefault();
      active.value = true;
      if (event.repeat && !REPEATED.includes(shortcut)) return;
      if (shortcut === 'full-screen') toggleFull();
      else if (shortcut === 'help') helpOpen.value = true;
      else if (shortcut === 'captions') captions?.toggle();
      else act(player, shortcut, event.key);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [player, captions, bare]);

  // As with every player of films: a click on the picture pauses; on a touch screen it shows the controls.
  const onPicture = (event: MouseEvent) => {
    const byMouse = event instanceof PointerEvent && event.pointerType === 'mouse';
    if (byMouse && player.rewind !== undefined && !bare) playback.togglePlay();
  };
  const shown = active.value || playback.paused.value || player.state.value !== 'connected';
  return (
    <div
      ref={frame}
      class={shown ? 'player' : 'player player-quiet'}
      role="group"
      aria-label={label}
      data-testid="player"
      data-state={player.state.value}
      data-via={transport?.showing.value}
      data-captions={captions?.isOn.value ? 'on' : undefined}
      data-caption-size={captions?.size.value}
      data-caption-ground={captions?.ground.value}
    >
      <div ref={picture} class="player-picture" onClick={onPicture} onDblClick={toggleFull} />
      {props.over}
      <PlayerOverlay player={player} transport={transport} offline={props.offline} />
      {statsShown.value && !bare && extras && <extras.StatsPanel source={props.stats()} onClose={toggleStats} />}
      {!bare && (
        <PlayerControls
          player={player}
          full={full.current}
          transport={transport}
          preview={props.preview}
          captions={captions}
          onFull={toggleFull}
          onHelp={() => (helpOpen.value = true)}
          onSettings={() => (settingsOpen.value = true)}
          settings={
            extras && (
              <extras.SettingsPanel
                player={player}
                transport={transport}
                captions={captions}
                statsShown={statsShown.value}
                onStats={toggleStats}
                onHelp={() => (helpOpen.value = true)}
              />
            )
          }
        />
      )}
      {extras && (
        <extras.ShortcutHelp
          open={helpOpen}
          moves={player.rewind !== undefined || player.goBack !== undefined}
          captions={captions !== undefined && captions.tracks.value.length > 0}
        />
      )}
    </div>
  );
}

function keyOf({ key, ctrlKey, metaKey, altKey }: KeyboardEvent) {
  return { key, ctrlKey, metaKey, altKey };
}

function act(player: Player, shortcut: Shortcut, key: string): void {
  const { playback, rewind } = player;
  const window = rewind?.window.value;
  switch (shortcut) {
    case 'play':
      return playback.togglePlay();
    case 'mute':
      return playback.toggleMute();
    case 'louder':
      return playback.stepVolume(1);
    case 'quieter':
      return playback.stepVolume(-1);
    case 'picture-in-picture':
      return void togglePictureInPicture(playback.video);
    case 'back':
      return rewind === undefined ? player.goBack?.(STEP_SECONDS) : rewind.step(-STEP_SECONDS);
    case 'forward':
      return rewind?.step(STEP_SECONDS);
    case 'to-start':
      return rewind?.seek(window?.startSeconds ?? 0);
    case 'to-end':
      return window?.live === true ? rewind?.goLive() : rewind?.seek(window?.endSeconds ?? 0);
    case 'share':
      return window && rewind?.seek(secondsAt(window, Number(key) / 10));
    default:
  }
}
