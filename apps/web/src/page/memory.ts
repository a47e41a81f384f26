/** What this browser remembers under a name; null when it remembers nothing, or may not. */
export function recall(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

/** Lets this browser forget everything whose name begins so. */
export function forgetAll(prefix: string): void {
  try {
    for (const name of Object.keys(localStorage)) if (name.startsWith(prefix)) localStorage.removeItem(name);
  } catch {
    // A page inside another site's frame may be kept from it.
  }
}

/** Lets this browser remember something, or with null forget it; does nothing where it may not. */
export function remember(name: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(name);
    else localStorage.setItem(name, value);
  } catch {
    // A page inside another site's frame may be kept from it.
  }
}
