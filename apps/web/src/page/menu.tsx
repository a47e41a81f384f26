import { signOut } from '../api/account.js';
import { session } from '../api/session.js';
import { chooseLanguage, LANGUAGES, language } from '../language/language.js';
import { pageWords } from '../language/page.js';
import { chooseMotion, chooseTheme, motion, theme, THEMES } from './appearance.js';
import { Avatar } from './avatar.js';
import { Icon } from './icon.js';
import { forgetAll } from './memory.js';

/** Who is signed in, where to go as such, and how the pages look. */
export function Menu() {
  const words = pageWords.value.menu;
  const account = session.value?.account;
  return (
    <>
      {account === null && location.pathname !== '/sign-in' && (
        <a class="button button-slim" href={signInPath()} data-testid="sign-in-link">
          {words.signIn}
        </a>
      )}
      <button
        type="button"
        class="menu-button"
        popovertarget="menu"
        aria-label={account ? words.openOf(account.name) : words.open}
        data-testid="menu"
      >
        {account ? <Avatar name={account.name} /> : <Icon name="sliders" />}
      </button>
      <div id="menu" class="menu" popover="auto" role="group" aria-label={words.open}>
        {account && (
          <>
            <p class="menu-name">{account.name}</p>
            <MenuLink href="/channels" label={pageWords.value.nav.channels} />
            <MenuLink href="/account" label={words.account} />
            {account.isAdmin && <MenuLink href="/admin" label={words.server} />}
          </>
        )}
        <Looks />
        {account && (
          <button type="button" class="menu-item" data-testid="sign-out" onClick={() => void leave()}>
            {words.signOut}
          </button>
        )}
      </div>
    </>
  );
}

function MenuLink({ href, label }: { href: string; label: string }) {
  return (
    <a class="menu-item" href={href} aria-current={location.pathname === href ? 'page' : undefined}>
      {label}
    </a>
  );
}

function Looks() {
  const words = pageWords.value.menu;
  return (
    <div class="menu-looks">
      <fieldset class="choice">
        <legend class="field-label">{words.theme}</legend>
        <div class="choice-row">
          {THEMES.map((one) => (
            <label key={one}>
              <input type="radio" name="theme" checked={theme.value === one} onChange={() => chooseTheme(one)} />
              <span>{words.themes[one]}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <fieldset class="choice">
        <legend class="field-label">{pageWords.value.switchTo}</legend>
        <div class="choice-row">
          {Object.entries(LANGUAGES).map(([code, name]) => (
            <label key={code} lang={code}>
              <input
                type="radio"
                name="language"
                checked={language.value === code}
                onChange={() => chooseLanguage(code)}
              />
              <span>{name}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <label class="check">
        <input
          type="checkbox"
          role="switch"
          checked={motion.value}
          onChange={(event) => chooseMotion(event.currentTarget.checked)}
        />
        {words.motion}
      </label>
    </div>
  );
}

/** The page to sign in, which leads back to this one. */
export function signInPath(): string {
  const here = location.pathname + location.search;
  return here === '/' || here.startsWith('/sign-') ? '/sign-in' : `/sign-in?next=${encodeURIComponent(here)}`;
}

async function leave(): Promise<void> {
  await signOut().catch(() => undefined);
  forgetAll('weir.studio-key.');
  location.assign('/');
}
