import type { Page } from 'playwright-core';
import { until } from './until.js';

/** What a part of a page says, from the moment of asking on: also what stands there too short a time to be seen from outside. */
export class PassingWords {
  /** Listens to what `selector` matches, each text once for each time that it comes; until the page is left. */
  static async of(page: Page, selector: string): Promise<PassingWords> {
    const words = new PassingWords(page, selector);
    await page.evaluate(`{
      const said = ((window.passingWords ??= {})[${words.#key}] = []);
      let before = '';
      const listen = () => {
        const now = [...document.querySelectorAll(${words.#key})].map(({ textContent }) => textContent).join(' ').trim();
        if (now !== before && now !== '') said.push(now);
        before = now;
      };
      new MutationObserver(listen).observe(document, { subtree: true, childList: true, characterData: true });
      listen();
    }`);
    return words;
  }

  private constructor(
    private readonly page: Page,
    private readonly selector: string,
  ) {}

  /** All that was said so far. */
  async all(): Promise<readonly string[]> {
    return (await this.page.evaluate(`window.passingWords[${this.#key}]`)) as string[];
  }

  /** Waits until something was said that has such words in it. */
  async said(text: string): Promise<void> {
    await until(async () => (await this.all()).some((one) => one.includes(text)), { what: `the words "${text}"` });
  }

  get #key(): string {
    return JSON.stringify(this.selector);
  }
}
