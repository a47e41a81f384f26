import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from './icon.js';

/** Something that is told only once, and how to use it; takes the focus, so that nobody misses it. */
export function SecretCard({
  title,
  text,
  close,
  onClose,
  children,
}: {
  title: string;
  text: string;
  close: string;
  onClose: () => void;
  children: ComponentChildren;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section class="secret" aria-label={title}>
      <h3 ref={heading} tabIndex={-1}>
        <Icon name="key" />
        {title}
      </h3>
      <p>{text}</p>
      {children}
      <button type="button" class="button button-slim" onClick={onClose} data-testid="secret-close">
        {close}
      </button>
    </section>
  );
}
