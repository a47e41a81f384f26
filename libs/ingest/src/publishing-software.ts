/** What publishes, as its `User-Agent` tells. */
export interface PublishingSoftware {
  /** Such as `OBS Studio 32.2`; null where nothing readable was told. */
  readonly name: string | null;
  /** Browsers decide for themselves when a key frame is due and how many frames a still picture takes. */
  readonly isBrowser: boolean;
}

const LONGEST = 60;

/** Products by what marks them, the more specific first: every browser calls itself Mozilla, most of them Safari, and OBS is Mozilla too. */
const PRODUCTS: readonly (readonly [mark: RegExp, name: string, isBrowser: boolean])[] = [
  [/OBS-Studio\/([\d.]+)/, 'OBS Studio', false],
  [/Lavf\/([\d.]+)/, 'FFmpeg', false],
  [/GStreamer[^\d]{0,20}([\d.]*)/i, 'GStreamer', false],
  [/Edg(?:e|A|iOS)?\/(\d+)/, 'Edge', true],
  [/OPR\/(\d+)/, 'Opera', true],
  [/SamsungBrowser\/(\d+)/, 'Samsung Internet', true],
  [/(?:Firefox|FxiOS)\/(\d+)/, 'Firefox', true],
  [/(?:HeadlessChrome|Chrome|CriOS)\/(\d+)/, 'Chrome', true],
  [/Version\/(\d+)[^ ]* .*Safari\//, 'Safari', true],
];

/** Reads a `User-Agent` header (RFC 9110 10.1.5); what is unknown goes by its first product. */
export function publishingSoftware(userAgent: string | undefined): PublishingSoftware {
  const text = (userAgent ?? '').slice(0, 1000);
  for (const [mark, name, isBrowser] of PRODUCTS) {
    const found = mark.exec(text);
    if (found !== null) return { name: `${name} ${found[1] ?? ''}`.trim().slice(0, LONGEST), isBrowser };
  }
  const product = /^([\w!#$%&'*+.^`|~-]{1,40})(?:\/([\w.+-]{1,19}))?/.exec(text);
  return { name: product === null ? null : [product[1], product[2]].filter(Boolean).join(' '), isBrowser: false };
}
