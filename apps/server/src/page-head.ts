import type { ShownChannel } from './shown-channel.js';

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const longestDescription = 300;

/** Text that is nothing but text in HTML, also inside of quotes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => escapes[letter]!);
}

/** The watch page with what programs read that show links to it: Open Graph, Twitter's card and where oEmbed is. */
export function withHead(page: string, channel: ShownChannel): string {
  return page
    .replace(/<title>[^<]*<\/title>/, () => `<title>${escapeHtml(channel.title)} · Weir</title>`)
    .replace('</head>', () => `${headOf(channel)}</head>`);
}

function headOf(channel: ShownChannel): string {
  const { title, watchUrl, embedUrl, imageUrl, width, height, isListed, site } = channel;
  const description = shortened(channel.description);
  const oembed = `${site}/oembed?format=json&url=${encodeURIComponent(watchUrl)}`;
  // Twitter plays only what comes by HTTPS
  const plays = site.startsWith('https:');
  const tags = [
    !isListed && meta('name', 'robots', 'noindex'),
    description !== '' && meta('name', 'description', description),
    meta('property', 'og:site_name', 'Weir'),
    meta('property', 'og:type', 'video.other'),
    meta('property', 'og:title', title),
    description !== '' && meta('property', 'og:description', description),
    meta('property', 'og:url', watchUrl),
    imageUrl !== undefined && meta('property', 'og:image', imageUrl),
    plays && meta('property', 'og:video:url', embedUrl),
    plays && meta('property', 'og:video:type', 'text/html'),
    plays && meta('property', 'og:video:width', String(width ?? 1280)),
    plays && meta('property', 'og:video:height', String(height ?? 720)),
    meta('name', 'twitter:card', plays ? 'player' : imageUrl === undefined ? 'summary' : 'summary_large_image'),
    meta('name', 'twitter:title', title),
    description !== '' && meta('name', 'twitter:description', description),
    imageUrl !== undefined && meta('name', 'twitter:image', imageUrl),
    plays && meta('name', 'twitter:player', embedUrl),
    plays && meta('name', 'twitter:player:width', String(width ?? 1280)),
    plays && meta('name', 'twitter:player:height', String(height ?? 720)),
    `<link rel="alternate" type="application/json+oembed" href="${escapeHtml(oembed)}" title="${escapeHtml(title)}" />`,
  ];
  return tags.filter((tag) => tag !== false).join('\n');
}

function meta(kind: 'name' | 'property', name: string, content: string): string {
  return `<meta ${kind}="${name}" content="${escapeHtml(content)}" />`;
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const letters = [...line];
  return letters.length <= longestDescription ? line : `${letters.slice(0, longestDescription - 1).join('')}…`;
}
