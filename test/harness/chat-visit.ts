import type { BrowserContext, Locator, Page, WebSocketRoute } from 'playwright-core';
import type { WeirServer } from './weir-server.js';

/** Somebody in the chat of a channel, in its own window; the connection can be cut. */
export class ChatVisit {
  #isCut = false;
  #cutsAfterRequest = false;
  #routes = new Set<WebSocketRoute>();

  /** Opens the chat's own page. */
  static async open(context: BrowserContext, server: WeirServer, channel: string): Promise<ChatVisit> {
    const page = await context.newPage();
    const visit = new ChatVisit(page);
    await page.routeWebSocket(/\/api\/chat\//, (route) => visit.#carry(route));
    await page.setViewportSize({ width: 420, height: 720 });
    await page.goto(`${server.url}/chat/${channel}`);
    await page.locator('[data-testid=chat][data-phase=joined]').waitFor();
    return visit;
  }

  private constructor(readonly page: Page) {}

  /** Chooses a guest's name. */
  async chooseName(name: string): Promise<void> {
    await this.page.getByTestId('guest-name').fill(name);
    await this.page.getByTestId('choose-name').click();
    await this.page.getByTestId('chat-field').waitFor();
  }

  /** Writes something and sends it. */
  async say(text: string): Promise<void> {
    const field = this.page.getByTestId('chat-field');
    await field.fill(text);
    await field.press('Enter');
  }

  /** The message with a text. */
  line(text: string): Locator {
    return this.page.getByTestId('message').filter({ hasText: text });
  }

  /** What the messages say, in their order. */
  async bodies(): Promise<string[]> {
    return this.page.locator('.said-body').allInnerTexts();
  }

  /** Opens the menu of a message and chooses from it, or leaves it open. */
  async act(text: string, what: 'reply' | 'delete' | 'ban' | undefined): Promise<void> {
    const line = this.line(text).last();
    await line.hover();
    await line.getByTestId('message-menu').click();
    await this.page.getByRole('menu').waitFor();
    if (what !== undefined) await this.page.getByTestId(what).click();
  }

  /** Cuts the connection, and lets none come about until it is restored. */
  async cut(): Promise<void> {
    this.#isCut = true;
    for (const route of this.#routes) await route.close();
    this.#routes.clear();
    await this.page.locator('[data-testid=chat]:not([data-phase=joined])').waitFor();
  }

  /** Cuts the connection when the next request has gone out, before its answer. */
  async cutAfterNextRequest(): Promise<void> {
    this.#cutsAfterRequest = true;
  }

  /** Lets connections through again. */
  async restore(): Promise<void> {
    [this.#isCut, this.#cutsAfterRequest] = [false, false];
    await this.page.locator('[data-testid=chat][data-phase=joined]').waitFor();
  }

  #carry(route: WebSocketRoute): void {
    if (this.#isCut) return void route.close();
    this.#routes.add(route);
    const server = route.connectToServer();
    route.onMessage((message) => {
      server.send(message);
      if (!this.#cutsAfterRequest || !/^42\d/.test(String(message))) return;
      this.#isCut = true;
      void route.close();
    });
    server.onMessage((message) => {
      if (!this.#isCut) route.send(message);
    });
  }
}
