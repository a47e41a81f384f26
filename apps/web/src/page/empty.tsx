import type { ComponentChildren } from 'preact';

interface EmptyProps {
  title: string;
  text?: string;
  /** What to do about it. */
  children?: ComponentChildren;
  testId?: string;
  /** The rank of its title: the first where it is all that a page shows. */
  level?: 'h1' | 'h2' | 'h3';
}

/** Nothing is here: still water, and what makes it flow. */
export function Empty({ title, text, children, testId, level: Heading = 'h2' }: EmptyProps) {
  return (
    <div class="empty" data-testid={testId}>
      <svg class="empty-water" viewBox="0 0 240 64" aria-hidden="true">
        <path d="M8 12h84" />
        <path d="M92 4v46" />
        <path d="M20 24h60M34 36h32" />
        <path d="M104 50h128M124 58h70" />
      </svg>
      <Heading>{title}</Heading>
      {text !== undefined && <p>{text}</p>}
      {children !== undefined && <div class="empty-actions">{children}</div>}
    </div>
  );
}
