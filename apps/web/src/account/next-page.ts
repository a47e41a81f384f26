/** Where to go after signing in: the `next` of the address where that is a page of this server, else `otherwise`. */
export function nextPage(address: string, otherwise: string): string {
  const { origin, searchParams } = new URL(address);
  const next = searchParams.get('next');
  if (next === null || !URL.canParse(next, origin)) return otherwise;
  const page = new URL(next, origin);
  return page.origin === origin ? page.pathname + page.search + page.hash : otherwise;
}

/** The code in the fragment of a one-time link; fragments are sent to no server and stand in no log. */
export function codeOf(hash: string): string | undefined {
  return new URLSearchParams(hash.slice(1)).get('code') ?? undefined;
}
