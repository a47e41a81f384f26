import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { artifactPath } from './artifact.js';

/** Widths at which every page must work. */
const SIZES = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 800 } } as const;

const THEMES = ['dark', 'light'] as const;
const [FIRST_THEME] = THEMES;

// Colours begin to change with the next frame, and what glides must arrive; what turns for ever never does.
const COLOURS_CHANGED = `new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))).then(() =>
  Promise.allSettled(
    document.getAnimations().filter((one) => one instanceof CSSTransition).map((transition) => transition.finished),
  ))`;

/** What WCAG 2.2 AA asks for, as far as a program can tell. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** Those of them that another theme may break; it changes nothing but colours. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

/**
 * Looks at a page in both themes, on a phone and on a desktop: keeps a picture of each under test/artifacts/pages, and tells what
 * breaks the rules of accessibility or does not fit the width, one line each.
 */
export async function faultsOf(page: Page, name: string): Promise<string[]> {
  const faults: string[] = [];
  for (const [size, viewport] of Object.entries(SIZES)) {
    await page.setViewportSize(viewport);
    for (const colorScheme of THEMES) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.evaluate(COLOURS_CHANGED);
      // All of a page is of one origin: it needs no second page to put the results of frames together.
      const axe = new AxeBuilder({ page }).setLegacyMode();
      if (colorScheme === FIRST_THEME) axe.withTags(RULES);
      else axe.withRules(COLOUR_RULES);
      const { violations } = await axe.analyze();
      const where = `${name}, ${size}, ${colorScheme}`;
      for (const { id, nodes } of violations) {
        for (const node of nodes)
          faults.push(`${where}: ${id}: ${node.target.join(' ')}: ${node.failureSummary ?? ''}`);
      }
      await page.screenshot({ path: artifactPath(`pages-${name}-${size}-${colorScheme}.png`) });
    }
    const overflow = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
    if (Number(overflow) > 0) faults.push(`${name}, ${size}: is ${String(overflow)} pixels wider than the screen`);
  }
  return faults;
}
