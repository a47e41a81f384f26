import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { preact } from '@preact/preset-vite';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import type { Stage } from '@weir/contract';
import { artifactPath } from './artifact.js';
import { type Painting, Pixels } from './painting.js';

const STAND = fileURLToPath(new URL('preview-stand.js', import.meta.url));
const PAGES = fileURLToPath(new URL('../../apps/web/', import.meta.url));
const ORIGIN = 'http://preview.test';

/** A page with the preview of a stage and nothing else, without a server. */
export class PreviewPage {
  readonly page: Page;
  readonly #canvas: { readonly width: number; readonly height: number };

  private constructor(page: Page, canvas: Stage['canvas']) {
    this.page = page;
    this.#canvas = canvas;
  }

  /** Opens it; images are answered from `files`, by the path of their address. */
  static async open(
    browser: Browser,
    canvas: Stage['canvas'],
    files: Readonly<Record<string, Uint8Array>>,
  ): Promise<PreviewPage> {
    const { script, style } = await bundle();
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.route(`${ORIGIN}/**`, (route) => {
      const path = new URL(route.request().url()).pathname;
      const file = files[path];
      if (file !== undefined) return route.fulfill({ body: Buffer.from(file) });
      if (path === '/stand.js') return route.fulfill({ contentType: 'text/javascript', body: script });
      if (path !== '/') return route.fulfill({ status: 404 });
      const html = `<!doctype html><style>${style}body{margin:0}</style><script type="module" src="/stand.js"></script>`;
      return route.fulfill({ contentType: 'text/html', body: html });
    });
    await page.goto(ORIGIN);
    await page.waitForFunction('window.weirPreview !== undefined');
    return new PreviewPage(page, canvas);
  }

  /** Guests send these pictures from now on. */
  async guests(paintings: Readonly<Record<string, Painting>>): Promise<void> {
    await this.page.evaluate(`weirPreview.guests(${JSON.stringify(paintings)})`);
  }

  /** The stage as it is from now on. */
  async show(stage: Stage): Promise<void> {
    await this.page.evaluate(`weirPreview.show(${JSON.stringify(stage)})`);
  }

  /** The pictures of a guest stop, or go on. */
  async freeze(guest: string, isFrozen = true): Promise<void> {
    await this.page.evaluate(`weirPreview.freeze(${JSON.stringify(guest)}, ${isFrozen})`);
  }

  /** Runs something while the preview draws nothing but at the times that it is told. */
  async held(run: (step: (afterMs: number) => Promise<void>) => Promise<void>): Promise<void> {
    await this.page.evaluate('weirPreview.hold()');
    await run(async (afterMs) => void (await this.page.evaluate(`weirPreview.step(${afterMs})`)));
    await this.page.evaluate('weirPreview.release()');
  }

  /** What is drawn now. */
  async pixels(): Promise<Pixels> {
    const text = (await this.page.evaluate('weirPreview.pixels()')) as string;
    return new Pixels(this.#canvas, Buffer.from(text, 'base64'));
  }

  /** Keeps what is drawn beside a picture of the program, as a file under test/artifacts. */
  async keep(name: string, program: Pixels): Promise<void> {
    const text = Buffer.from(program.rgba).toString('base64');
    const url = (await this.page.evaluate(`weirPreview.beside(${JSON.stringify(text)})`)) as string;
    await writeFile(artifactPath(`${name}.png`), Buffer.from(url.slice(url.indexOf(',') + 1), 'base64'));
  }
}

async function bundle(): Promise<{ script: string; style: string }> {
  const built = await build({
    root: PAGES,
    configFile: false,
    logLevel: 'error',
    resolve: { tsconfigPaths: true },
    plugins: [preact()],
    define: { 'process.env.NODE_ENV': '"production"' },
    build: { write: false, minify: false, lib: { entry: STAND, formats: ['es'], fileName: 'stand' } },
  });
  const outputs = (Array.isArray(built) ? built : [built]).flatMap((one) => ('output' in one ? one.output : []));
  const script = outputs.flatMap((one) => (one.type === 'chunk' ? [one.code] : [])).join('\n');
  const style = outputs.flatMap((one) => (one.type === 'asset' && one.fileName.endsWith('.css') ? [one.source] : []));
  return { script, style: style.join('\n') };
}
