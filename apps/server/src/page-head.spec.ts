import { describe, expect, it } from 'vitest';
import { withHead } from './page-head.js';
import type { ShownChannel } from './shown-channel.js';

const PAGE = '<!doctype html><html><head><title>Watch · Weir</title></head><body></body></html>';
const HOSTILE = `"><script>alert('1')</script>&$& $1 $\``;

const channel = (facts: Partial<ShownChannel> = {}): ShownChannel => ({
  name: 'show',
  title: 'The show',
  description: 'Every night\nat nine.',
  isListed: true,
  watchUrl: 'https://live.example/watch/show',
  embedUrl: 'https://live.example/embed/show',
  imageUrl: 'https://live.example/hls/show/poster.jpg',
  width: 1920,
  height: 1080,
  site: 'https://live.example',
  ...facts,
});

describe('withHead', () => {
  it('tells what the channel is, and where its player and its oEmbed answer are', () => {
    const page = withHead(PAGE, channel());
    expect(page).toContain('<title>The show · Weir</title>');
    expect(page).toContain('<meta property="og:title" content="The show" />');
    expect(page).toContain('<meta property="og:description" content="Every night at nine." />');
    expect(page).toContain('<meta property="og:image" content="https://live.example/hls/show/poster.jpg" />');
    expect(page).toContain('<meta name="twitter:card" content="player" />');
    expect(page).toContain('<meta name="twitter:player" content="https://live.example/embed/show" />');
    expect(page).toContain(
      'type="application/json+oembed" href="https://live.example/oembed?format=json&amp;url=https%3A%2F%2Flive.example%2Fwatch%2Fshow"',
    );
    expect(page).not.toContain('robots');
  });

  it('offers no player to be embedded where there is no HTTPS, which those who embed insist on', () => {
    const page = withHead(PAGE, channel({ site: 'http://live.example' }));
    expect(page).toContain('<meta name="twitter:card" content="summary_large_image" />');
    expect(page).not.toContain('twitter:player');
  });

  it('leaves out what there is not, and keeps an unlisted channel out of search engines', () => {
    const page = withHead(PAGE, channel({ description: ' ', imageUrl: undefined, isListed: false, site: 'http://a' }));
    expect(page).not.toMatch(/og:description|og:image|twitter:image/);
    expect(page).toContain('<meta name="twitter:card" content="summary" />');
    expect(page).toContain('<meta name="robots" content="noindex" />');
  });

  it('keeps whatever a person wrote from being anything but text', () => {
    const page = withHead(PAGE, channel({ title: HOSTILE, description: HOSTILE }));
    expect(page).not.toContain('<script>');
    expect(page.match(/<\/head>/g)).toHaveLength(1);
    expect(page).toContain('&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;$&amp; $1 $`');
    const attributes = page.matchAll(/content="([^"]*)"/g);
    for (const [, content] of attributes) expect(content).not.toMatch(/[<>']/);
  });

  it('shortens a long description at a whole letter', () => {
    const page = withHead(PAGE, channel({ description: '😀'.repeat(400) }));
    const content = /og:description" content="([^"]*)"/.exec(page)?.[1] ?? '';
    expect([...content]).toHaveLength(300);
    expect(content.endsWith('…')).toBe(true);
  });
});
