/** What the address of an embedded player asks for. */
export interface EmbedOptions {
  /** Plays without being asked to; the standard. */
  readonly autoplay: boolean;
  /** Undefined leaves it to what the viewer chose last. */
  readonly muted: boolean | undefined;
  /** The bar below the picture and the keys; the standard. */
  readonly controls: boolean;
}

/** Reads `autoplay`, `muted` and `controls` of an address, each `1`, `true`, `0` or `false`; anything else counts as left out. */
export function embedOptionsOf(search: string): EmbedOptions {
  const query = new URLSearchParams(search);
  const read = (name: string) => {
    const value = query.get(name)?.toLowerCase();
    if (value === '' || value === '1' || value === 'true') return true;
    return value === '0' || value === 'false' ? false : undefined;
  };
  return { autoplay: read('autoplay') ?? true, muted: read('muted'), controls: read('controls') ?? true };
}
