import type { ComponentChildren } from 'preact';
import { Icon } from './icon.js';

/** A message that stands out: something went wrong, or something has to be known. */
export function Notice({
  tone,
  title,
  children,
}: {
  tone: 'error' | 'info';
  title?: string;
  children?: ComponentChildren;
}) {
  return (
    <div class={`notice notice-${tone}`} role={tone === 'error' ? 'alert' : 'status'} data-testid={`notice-${tone}`}>
      <Icon name={tone === 'error' ? 'warning' : 'broadcast'} />
      <div>
        {title !== undefined && <strong class="notice-title">{title}</strong>}
        {children}
      </div>
    </div>
  );
}
