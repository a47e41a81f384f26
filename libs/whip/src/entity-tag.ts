/** How an `If-Match` header relates to the current tag; `any` stands for `*`. */
export type EntityTagVerdict = 'missing' | 'match' | 'mismatch' | 'any';

/** Compares an `If-Match` header with the current strong tag, given with or without its quotes; weak tags never match (RFC 9110 13.1.1). */
export function matchEntityTag(ifMatch: string | undefined, current: string): EntityTagVerdict {
  const header = ifMatch?.trim() ?? '';
  if (header === '') return 'missing';
  // RFC 9725 4.3.1 says *, its example prints "*".
  if (header === '*' || header === '"*"') return 'any';
  const wanted = unquote(current);
  return entityTags(header).includes(wanted) ? 'match' : 'mismatch';
}

function entityTags(header: string): string[] {
  const tags: string[] = [];
  // RFC 9110 8.8.3: a tag holds no quote, so the quotes alone delimit the list.
  for (const [, weak, tag] of header.matchAll(/(W\/)?"([^"]*)"/g)) {
    if (weak === undefined && tag !== undefined) tags.push(tag);
  }
  return tags;
}

function unquote(tag: string): string {
  return tag.startsWith('"') && tag.endsWith('"') && tag.length > 1 ? tag.slice(1, -1) : tag;
}
