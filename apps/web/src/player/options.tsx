import type { ComponentChildren } from 'preact';

/** A part of the menu. */
export function OptionGroup({ label, row, children }: { label?: string; row?: boolean; children: ComponentChildren }) {
  return (
    <div class={row ? 'options-group options-row' : 'options-group'} role="group" aria-label={label}>
      {label !== undefined && (
        <p class="options-label" aria-hidden="true">
          {label}
        </p>
      )}
      {children}
    </div>
  );
}

interface OptionProps {
  /** Left out for what is done and not chosen. */
  checked?: boolean;
  /** Chosen for itself, not instead of others. */
  alone?: boolean;
  testId?: string;
  onClick: () => void;
  children: ComponentChildren;
}

/** One line of the menu. */
export function Option({ checked, alone, testId, onClick, children }: OptionProps) {
  return (
    <button
      type="button"
      class="option"
      role={checked === undefined ? 'menuitem' : alone ? 'menuitemcheckbox' : 'menuitemradio'}
      aria-checked={checked}
      tabIndex={-1}
      data-testid={testId}
      onClick={onClick}
    >
      {children}
    </button>
  );
}
