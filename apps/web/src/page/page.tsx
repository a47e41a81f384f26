import { render } from 'preact';
import type { ComponentChildren, VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import { openSession, session } from '../api/session.js';
import { pageWords } from '../language/page.js';
import { Menu } from './menu.js';
import '../style/tokens.css';
import '../style/base.css';
import '../style/page.css';

const ASK_AGAIN_MS = 5000;

/** What every page has around its own content. */
export function Page({ children, aside }: { children: ComponentChildren; aside?: ComponentChildren }) {
  useSession();
  return (
    <>
      <a class="skip" href="#content">
        {pageWords.value.skipToContent}
      </a>
      <header class="top">
        <a class="brand" href="/" aria-label={`Weir, ${pageWords.value.nav.live}`}>
          <svg class="brand-sign" viewBox="0 0 32 32" aria-hidden="true">
            <path d="M4 9h8c6 0 6 14 12 14h4" />
            <path d="M4 16h5c5 0 5 7 9 7" />
            <path d="M4 23h6" />
          </svg>
          <span class="brand-name">Weir</span>
        </a>
        <Nav />
        <div class="top-aside">
          {aside}
          <Menu />
        </div>
        <svg class="top-line" viewBox="0 0 1280 14" preserveAspectRatio="none" aria-hidden="true">
          <path d="M0 1h540c34 0 34 12 68 12h672" />
        </svg>
      </header>
      <main id="content" tabIndex={-1}>
        {children}
      </main>
    </>
  );
}

function Nav() {
  const words = pageWords.value.nav;
  const places: [string, string][] = [
    ['/', words.live],
    ['/recordings', words.recordings],
  ];
  if (session.value?.account) places.push(['/channels', words.channels]);
  return (
    <nav class="top-nav" aria-label={words.label}>
      {places.map(([href, label]) => (
        <a key={href} href={href} aria-current={location.pathname === href ? 'page' : undefined}>
          {label}
        </a>
      ))}
    </nav>
  );
}

function useSession(): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const open = () => {
      openSession().catch(() => {
        timer = setTimeout(open, ASK_AGAIN_MS);
      });
    };
    open();
    return () => clearTimeout(timer);
  }, []);
}

/** Puts a page into the document. */
export function show(page: VNode): void {
  const place = document.getElementById('page');
  if (place !== null) render(page, place);
}

/** The channel that the address names, as in `/watch/demo`. */
export function channelOfAddress(): string {
  return decodeURIComponent(location.pathname.split('/')[2] ?? '');
}
