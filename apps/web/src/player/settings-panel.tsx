import { useEffect, useRef, useState } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import { text } from '../language/language.js';
import { Control } from './control.js';
import { nextItem } from './menu-keys.js';
import type { Player } from './player.js';
import type { TransportChoice } from './transport.js';

interface SettingsMenuProps {
  player: Player;
  transport: TransportChoice | undefined;
  statsShown: boolean;
  onStats: () => void;
  onHelp: () => void;
}

/** What can be chosen about the player: the way that media comes, the quality, the speed of a recording. */
export function SettingsMenu({ player, transport, statsShown, onStats, onHelp }: SettingsMenuProps) {
  const frame = useRef<HTMLDivElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const words = text.value.watch;
  const button = () => frame.current?.querySelector<HTMLElement>('.control');
  const close = () => {
    setOpen(false);
    button()?.focus();
  };
  useEffect(() => {
    if (!open) return;
    panel.current?.querySelector<HTMLElement>('[aria-checked="true"], [role^="menuitem"]')?.focus();
    const onPress = ({ target }: PointerEvent) => {
      if (target instanceof Node && frame.current?.contains(target) !== true) setOpen(false);
    };
    document.addEventListener('pointerdown', onPress);
    return () => document.removeEventListener('pointerdown', onPress);
  }, [open]);
  const onKey = (event: KeyboardEvent) => {
    // The arrows move in the menu and change no volume meanwhile.
    event.stopPropagation();
    if (event.key === 'Escape' || event.key === 'Tab') return close();
    const items = [...(panel.current?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? [])];
    const next = nextItem(event.key, items.indexOf(document.activeElement as HTMLElement), items.length);
    if (next === undefined) return;
    event.preventDefault();
    items[next]?.focus();
  };
  return (
    <div ref={frame} class="menu">
      <Control
        icon="sliders"
        label={words.settings}
        pressed={open}
        testId="settings"
        onClick={() => (open ? close() : setOpen(true))}
      />
      {open && (
        <div ref={panel} class="menu-panel" role="menu" aria-label={words.settings} onKeyDown={onKey}>
          {transport?.hasHls.value === true && <Transports transport={transport} />}
          <Qualities player={player} />
          {player.rewind?.edge.value === 'none' && <Speeds video={player.playback.video} />}
          <div class="menu-group" role="group">
            <Item kind="menuitemcheckbox" checked={statsShown} testId="stats-toggle" onClick={onStats}>
              {words.stats}
            </Item>
            <Item kind="menuitem" onClick={onHelp}>
              {words.shortcuts}
            </Item>
          </div>
        </div>
      )}
    </div>
  );
}

function Transports({ transport }: { transport: TransportChoice }) {
  const words = text.value.watch;
  return (
    <Group label={words.transport}>
      {(['real-time', 'hls'] as const).map((kind) => (
        <Item
          key={kind}
          kind="menuitemradio"
          checked={transport.chosen.value === kind}
          testId={`via-${kind}`}
          onClick={() => transport.choose(kind)}
        >
          {words.transports[kind]}
        </Item>
      ))}
    </Group>
  );
}

function Qualities({ player: { quality } }: { player: Player }) {
  if (quality === undefined || quality.list.value.length < 2) return null;
  const words = text.value.watch;
  const { list, chosen, playing } = quality;
  const current = list.value.find(({ index }) => index === playing.value)?.label;
  return (
    <Group label={words.quality}>
      <Item kind="menuitemradio" checked={chosen.value === -1} testId="quality-auto" onClick={() => quality.choose(-1)}>
        {chosen.value === -1 && current !== undefined ? words.autoNow(current) : words.auto}
      </Item>
      {list.value.map(({ index, label }) => (
        <Item
          key={index}
          kind="menuitemradio"
          checked={chosen.value === index}
          testId={`quality-${label}`}
          onClick={() => quality.choose(index)}
        >
          {label}
        </Item>
      ))}
    </Group>
  );
}

const SPEEDS = [0.5, 1, 1.25, 1.5, 2];

function Speeds({ video }: { video: HTMLVideoElement }) {
  const [rate, setRate] = useState(video.playbackRate);
  const choose = (speed: number) => {
    video.playbackRate = speed;
    setRate(speed);
  };
  return (
    <Group label={text.value.watch.speed} extra="menu-speeds">
      {SPEEDS.map((speed) => (
        <Item
          key={speed}
          kind="menuitemradio"
          checked={rate === speed}
          testId={`speed-${speed}`}
          onClick={() => choose(speed)}
        >
          {`${speed}×`}
        </Item>
      ))}
    </Group>
  );
}

function Group({ label, extra, children }: { label: string; extra?: string; children: ComponentChildren }) {
  return (
    <div class={`menu-group ${extra ?? ''}`} role="group" aria-label={label}>
      <p class="menu-label" aria-hidden="true">
        {label}
      </p>
      {children}
    </div>
  );
}

interface ItemProps {
  kind: 'menuitem' | 'menuitemradio' | 'menuitemcheckbox';
  checked?: boolean;
  testId?: string;
  onClick: () => void;
  children: ComponentChildren;
}

function Item({ kind, checked, testId, onClick, children }: ItemProps) {
  return (
    <button
      type="button"
      class="menu-item"
      role={kind}
      aria-checked={checked}
      tabIndex={-1}
      data-testid={testId}
      onClick={onClick}
    >
      {children}
    </button>
  );
}
