/** Parameters of a statement without U+0000, which PostgreSQL keeps in no text: both databases keep U+FFFD in its place. */
export function storable(parameters: readonly unknown[]): unknown[] {
  return parameters.map((value) => (typeof value === 'string' ? value.replaceAll('\0', '\uFFFD') : value));
}
