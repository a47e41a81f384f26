const prefix = 'a:';

/** The account that a caller's key names; undefined for guests and others. */
export function accountOfKey(key: string): string | undefined {
  return key.startsWith(prefix) ? key.slice(prefix.length) : undefined;
}
