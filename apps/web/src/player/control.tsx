import { Icon } from '../page/icon.js';
import type { IconName } from '../page/icon.js';

interface ControlProps {
  icon: IconName;
  label: string;
  keys?: string;
  pressed?: boolean;
  /** Whether what it opens is open. */
  expanded?: boolean;
  testId?: string;
  extra?: string;
  onClick: () => void;
}

/** One button of the bar below the picture. */
export function Control({ icon, label, keys, pressed, expanded, testId, extra, onClick }: ControlProps) {
  return (
    <button
      type="button"
      class={`control ${extra ?? ''}`}
      aria-label={label}
      title={label}
      aria-keyshortcuts={keys}
      aria-pressed={pressed}
      aria-expanded={expanded}
      aria-haspopup={expanded === undefined ? undefined : 'menu'}
      data-testid={testId}
      onClick={onClick}
    >
      <Icon name={icon} />
    </button>
  );
}
