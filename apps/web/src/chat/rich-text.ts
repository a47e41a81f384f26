/** A piece of a message; only `link` has an address, always of http or https. */
export type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string }
  | { readonly kind: 'mention'; readonly text: string; readonly mine: boolean };

// The characters of a URL (RFC 3986, 2); any other, such as a Korean particle, ends it.
const LINK = /https?:\/\/[\w\-.~:/?#[\]@!$&'()*+,;=%]+/.source;
const MENTION = /[\p{L}\p{N}][\p{L}\p{M}\p{N}._-]{0,31}/u.source;
const HONORIFIC = /^(님|씨)?$/u;

/** Takes a message apart into text, links and mentions; `ownName` is who reads it. */
export function partsOf(body: string, ownName: string | null): readonly Part[] {
  const parts: Part[] = [];
  let end = 0;
  const text = (until: number) => {
    if (until > end) parts.push({ kind: 'text', text: body.slice(end, until) });
  };
  for (const { 0: found, index } of body.matchAll(piecesFor(ownName))) {
    const part = found.startsWith('@') ? mentionOf(found, ownName) : linkOf(found);
    if (part === undefined) continue;
    text(index);
    parts.push(part);
    end = index + part.text.length;
  }
  text(body.length);
  return parts;
}

/** Whether a message names this person. */
export function mentions(body: string, name: string | null): boolean {
  return name !== null && partsOf(body, name).some((part) => part.kind === 'mention' && part.mine);
}

/** A guest's name may have spaces, which end a mention otherwise. */
function piecesFor(ownName: string | null): RegExp {
  const own = (ownName ?? '').replaceAll(/[.*+?^${}()|[\]\\/]/gu, String.raw`\$&`);
  const mention = own.includes(' ') ? `(?:${own}(?![\\p{L}\\p{N}])|${MENTION})` : MENTION;
  return new RegExp(`${LINK}|(?<![\\p{L}\\p{N}_.@/-])@${mention}`, 'giu');
}

function mentionOf(found: string, ownName: string | null): Part {
  const text = found.replace(/[._-]+$/u, '');
  const [named, own] = [fold(text.slice(1)), fold(ownName ?? '')];
  return {
    kind: 'mention',
    text,
    mine: own !== '' && named.startsWith(own) && HONORIFIC.test(named.slice(own.length)),
  };
}

function linkOf(found: string): Part | undefined {
  let text = found.replace(/[.,!?;:'*]+$/u, '');
  // A bracket that closes one outside of the link is not part of it.
  while (/[)\]]$/u.test(text) && count(text, text.endsWith(')') ? '()' : '[]') < 0) {
    text = text.slice(0, -1).replace(/[.,!?;:'*]+$/u, '');
  }
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) return undefined;
  return { kind: 'link', text, href: url.href };
}

function count(text: string, [open, close]: string): number {
  return text.split(open ?? '').length - text.split(close ?? '').length;
}

function fold(name: string): string {
  return name.normalize('NFKC').toLowerCase();
}
