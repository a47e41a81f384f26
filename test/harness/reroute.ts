import type { Page } from 'playwright-core';
import type { UdpProxy } from './udp-proxy.js';

/** Makes all later WHIP and WHEP sessions of the page send their media through the proxy, by rewriting the candidates of all answers. */
export async function rerouteMedia(page: Page, proxy: UdpProxy): Promise<void> {
  await page.route(/\/wh[ie]p\//, async (route) => {
    if (!['POST', 'PATCH'].includes(route.request().method())) {
      await route.continue();
      return;
    }
    const response = await route.fetch();
    await route.fulfill({ response, body: proxy.redirect(await response.text()) });
  });
}
