import { render } from 'preact';
import type { ComponentChildren, VNode } from 'preact';
import { chooseLanguage, LANGUAGES, text } from '../language/language.js';
import '../style/tokens.css';
import '../style/base.css';
import '../style/page.css';

/** What every page has around its own content. */
export function Page({ children, aside }: { children: ComponentChildren; aside?: ComponentChildren }) {
  const words = text.value;
  return (
    <>
      <a class="skip" href="#content">
        {words.skipToContent}
      </a>
      <header class="top">
        <a class="brand" href="/" aria-label={`Weir, ${words.nav.live}`}>
          <svg class="brand-sign" viewBox="0 0 32 32" aria-hidden="true">
            <path d="M4 9h8c6 0 6 14 12 14h4" />
            <path d="M4 16h5c5 0 5 7 9 7" />
            <path d="M4 23h6" />
          </svg>
          Weir
        </a>
        <div class="top-aside">
          {aside}
          <LanguageChoice />
        </div>
      </header>
      <main id="content">{children}</main>
    </>
  );
}

function LanguageChoice() {
  return (
    <select
      class="language"
      aria-label={text.value.switchTo}
      value={text.value.code}
      onChange={(event) => chooseLanguage(event.currentTarget.value)}
    >
      {LANGUAGES.map(({ code, name }) => (
        <option key={code} value={code} lang={code}>
          {name}
        </option>
      ))}
    </select>
  );
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
