import { useEffect, useRef, useState } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import { playerWords } from '../language/player.js';
import { Control } from './control.js';
import { nextItem } from './menu-keys.js';

/** A button that opens a menu above it, worked by the arrows as WAI-ARIA's practices say; `children` are undefined until they are loaded. */
export function OptionsMenu({ children, onOpen }: { children: ComponentChildren; onOpen: () => void }) {
  const frame = useRef<HTMLDivElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const words = playerWords.value;
  const close = () => {
    setOpen(false);
    frame.current?.querySelector<HTMLElement>('.control')?.focus();
  };
  const isFilled = children !== undefined;
  useEffect(() => {
    if (!open) return;
    onOpen();
    panel.current?.querySelector<HTMLElement>('[aria-checked="true"], [role^="menuitem"]')?.focus();
    const onPress = ({ target }: PointerEvent) => {
      if (target instanceof Node && frame.current?.contains(target) !== true) setOpen(false);
    };
    document.addEventListener('pointerdown', onPress);
    return () => document.removeEventListener('pointerdown', onPress);
  }, [open, isFilled]);
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
    <div ref={frame} class="options">
      <Control
        icon="sliders"
        label={words.settings}
        expanded={open}
        testId="settings"
        onClick={() => (open ? close() : setOpen(true))}
      />
      {open && (
        <div ref={panel} class="options-panel" role="menu" aria-label={words.settings} onKeyDown={onKey}>
          {children}
        </div>
      )}
    </div>
  );
}
