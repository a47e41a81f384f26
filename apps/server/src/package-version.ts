import { readFileSync } from 'node:fs';

/** The version in the package.json of Weir, which lies above the source as above the build. */
export function packageVersion(): string {
  for (
    let directory = new URL('./', import.meta.url);
    directory.pathname !== '/';
    directory = new URL('../', directory)
  ) {
    const version = versionIn(new URL('package.json', directory));
    if (version !== undefined) return version;
  }
  return 'unknown';
}

function versionIn(file: URL): string | undefined {
  try {
    const { name, version } = JSON.parse(readFileSync(file, 'utf8')) as { name?: unknown; version?: unknown };
    return name === 'weir' && typeof version === 'string' ? version : undefined;
  } catch {
    return undefined;
  }
}
