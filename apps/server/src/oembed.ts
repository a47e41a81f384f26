import { escapeHtml } from './page-head.js';
import type { ShownChannel } from './shown-channel.js';

const standardWidth = 1280;
const standardHeight = 720;
const watchPath = /^\/(?:watch|embed)\/([A-Za-z0-9_-]{1,64})\/?$/;

/** An answer of oEmbed 1.0 for a video (2.3.4.2). */
export interface Oembed {
  readonly version: '1.0';
  readonly type: 'video';
  readonly title: string;
  readonly provider_name: string;
  readonly provider_url: string;
  readonly width: number;
  readonly height: number;
  readonly html: string;
  readonly cache_age: number;
}

/** How large the player may be at most, pixels; undefined for any size. */
export interface OembedLimits {
  readonly maxwidth?: number | undefined;
  readonly maxheight?: number | undefined;
}

/** The channel that a URL of this server plays; undefined for every other text. */
export function channelOfUrl(text: string, host: string): string | undefined {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol) || url.host !== host) return undefined;
  return watchPath.exec(url.pathname)?.[1];
}

/** The player of a channel as other pages may embed it, in the picture's own proportion. */
export function oembedOf(channel: ShownChannel, { maxwidth, maxheight }: OembedLimits): Oembed {
  const [ownWidth, ownHeight] = [channel.width ?? standardWidth, channel.height ?? standardHeight];
  const scale = Math.min(1, (maxwidth ?? ownWidth) / ownWidth, (maxheight ?? ownHeight) / ownHeight);
  const [width, height] = [Math.max(1, Math.floor(ownWidth * scale)), Math.max(1, Math.floor(ownHeight * scale))];
  const attributes = [
    `src="${escapeHtml(channel.embedUrl)}"`,
    `title="${escapeHtml(channel.title)}"`,
    `width="${width}"`,
    `height="${height}"`,
    'allow="autoplay; fullscreen; picture-in-picture"',
    'allowfullscreen',
    'style="border:0"',
  ];
  return {
    version: '1.0',
    type: 'video',
    title: channel.title,
    provider_name: 'Weir',
    provider_url: channel.site,
    width,
    height,
    html: `<iframe ${attributes.join(' ')}></iframe>`,
    cache_age: 300,
  };
}
