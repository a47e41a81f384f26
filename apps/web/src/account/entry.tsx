import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { Page } from '../page/page.js';

/** A page that lets somebody in: a form beside the weir. */
export function Entry({
  title,
  text,
  children,
}: {
  title: string;
  text?: string | undefined;
  children: ComponentChildren;
}) {
  useEffect(() => {
    document.title = `${title} · Weir`;
  }, [title]);
  return (
    <Page>
      <div class="entry">
        <div class="entry-form">
          <div class="stack entry-head">
            <h1>{title}</h1>
            {text !== undefined && <p class="lead">{text}</p>}
          </div>
          {children}
        </div>
        <Weir />
      </div>
    </Page>
  );
}

function Weir() {
  return (
    <svg class="weir" viewBox="0 0 600 640" preserveAspectRatio="none" aria-hidden="true">
      <path d="M-40 210h250c92 0 66 210 158 210h280v280H-40z" />
      <path d="M-40 262h206c92 0 66 196 158 196h324v240H-40z" />
      <path d="M-40 318h160c88 0 64 176 152 176h376v200H-40z" />
      <path d="M-40 380h116c80 0 60 148 140 148h432v170H-40z" />
    </svg>
  );
}
