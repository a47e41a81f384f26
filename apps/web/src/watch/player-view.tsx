import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { text } from '../language/language.js';
import { FullScreen } from './full-screen.js';
import type { Player } from './player.js';
import { PlayerControls } from './player-controls.js';
import { PlayerOverlay } from './player-overlay.js';
import { areShortcutsOn, ShortcutHelp } from './shortcut-help.js';
import { shortcutOf } from './shortcut.js';
import type { Shortcut } from './shortcut.js';
import { StatsLine } from './stats-line.js';

const HIDE_AFTER_MS = 2500;

/** The picture with everything laid over it. */
export function PlayerView({ player, title }: { player: Player; title: string }) {
  const frame = useRef<HTMLDivElement>(null);
  const picture = useRef<HTMLDivElement>(null);
  const full = useRef(new FullScreen());
  const active = useSignal(true);
  const helpOpen = useSignal(false);
  const statsShown = useSignal(localStorage.getItem('weir.stats') === 'on');
  const words = text.value.watch;

  useEffect(() => {
    picture.current?.append(player.video);
    player.video.setAttribute('aria-label', words.video(title));
  }, [player, title, words]);

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

  const toggleFull = () => full.current.toggle(frame.current, player.video);
  useEffect(() => {
    const actions: Record<Shortcut, () => void> = {
      play: () => player.togglePlay(),
      mute: () => player.toggleMute(),
      'full-screen': toggleFull,
      louder: () => player.stepVolume(1),
      quieter: () => player.stepVolume(-1),
      help: () => (helpOpen.value = true),
    };
    const onKey = (event: KeyboardEvent) => {
      const path = event.composedPath().filter((node) => node instanceof HTMLElement);
      const shortcut = shortcutOf({ ...keyOf(event), path });
      if (shortcut === undefined || !areShortcutsOn()) return;
      event.preventDefault();
      active.value = true;
      if (!event.repeat || shortcut === 'louder' || shortcut === 'quieter') actions[shortcut]();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [player]);

  const toggleStats = () => {
    statsShown.value = !statsShown.value;
    localStorage.setItem('weir.stats', statsShown.value ? 'on' : 'off');
  };
  const shown = active.value || player.paused.value || player.state.value !== 'connected';
  return (
    <div
      ref={frame}
      class={shown ? 'player' : 'player player-quiet'}
      role="group"
      aria-label={words.video(title)}
      data-testid="player"
      data-state={player.state.value}
    >
      <div ref={picture} class="player-picture" onDblClick={toggleFull} />
      <PlayerOverlay player={player} />
      {statsShown.value && <StatsLine player={player} />}
      <PlayerControls
        player={player}
        full={full.current}
        statsShown={statsShown.value}
        onFull={toggleFull}
        onStats={toggleStats}
        onHelp={() => (helpOpen.value = true)}
      />
      <ShortcutHelp open={helpOpen} />
    </div>
  );
}

function keyOf({ key, ctrlKey, metaKey, altKey }: KeyboardEvent) {
  return { key, ctrlKey, metaKey, altKey };
}
