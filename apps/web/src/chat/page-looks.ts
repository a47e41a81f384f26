/** How the chat's own page is asked to look. */
export interface PageLooks {
  /** Transparent and to be read only, for a browser source over the picture. */
  readonly overlay: boolean;
  /** What the reader chose counts without it. */
  readonly theme: 'dark' | 'light' | undefined;
  /** Lets a private channel in, where nobody can sign in. */
  readonly watchToken: string | undefined;
}

/** Reads what stands in the address: `overlay=1` and `theme=dark` after "?", `token=…` after "#", where no server sees it. */
export function readLooks({ search, hash }: Pick<Location, 'search' | 'hash'>): PageLooks {
  const query = new URLSearchParams(search);
  const theme = query.get('theme');
  return {
    overlay: query.get('overlay') === '1',
    theme: theme === 'dark' || theme === 'light' ? theme : undefined,
    watchToken: new URLSearchParams(hash.slice(1)).get('token') ?? undefined,
  };
}
