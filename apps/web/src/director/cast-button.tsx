import { Icon } from '../page/icon.js';
import type { IconName } from '../page/icon.js';

interface CastButtonProps {
  icon: IconName;
  /** What it does next. */
  label: string;
  isOn: boolean;
  disabled?: boolean;
  testId: string;
  onClick: () => void;
}

/** A small button on a tile, told by its sign and, to who cannot see it, by its words. */
export function CastButton({ icon, label, isOn, disabled, testId, onClick }: CastButtonProps) {
  return (
    <button
      type="button"
      class={isOn ? 'cast-button cast-button-on' : 'cast-button'}
      aria-label={label}
      title={label}
      aria-disabled={disabled}
      data-testid={testId}
      onClick={() => disabled !== true && onClick()}
    >
      <Icon name={icon} />
    </button>
  );
}
