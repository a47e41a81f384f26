import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { gzipSync } from 'node:zlib';

/** A file that a page loads, and its size as it is sent. */
export interface PagePart {
  /** Path below the pages' folder. */
  readonly name: string;
  readonly gzipBytes: number;
}

/** What a built page loads before any of its scripts asks for more: itself, its styles and every module that is imported at once. */
export function firstLoadOf(webDirectory: string, page: string): PagePart[] {
  const found = new Map<string, PagePart>();
  const html = weigh(webDirectory, page, found);
  const listed = [...html.matchAll(/<(?:script|link)[^>]+(?:src|href)="\/(assets\/[^"]+)"/g)].map(([, name]) => name!);
  const waiting = [...listed];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (found.has(name)) continue;
    const text = weigh(webDirectory, name, found);
    if (name.endsWith('.js')) waiting.push(...importsOf(name, text));
  }
  return [...found.values()];
}

/** The gzip size of named files together. */
export function gzipBytesOf(webDirectory: string, names: readonly string[]): number {
  const found = new Map<string, PagePart>();
  for (const name of new Set(names)) weigh(webDirectory, name, found);
  return [...found.values()].reduce((sum, { gzipBytes }) => sum + gzipBytes, 0);
}

function weigh(webDirectory: string, name: string, found: Map<string, PagePart>): string {
  const bytes = readFileSync(join(webDirectory, name));
  found.set(name, { name, gzipBytes: gzipSync(bytes, { level: 9 }).length });
  return bytes.toString();
}

function importsOf(name: string, script: string): string[] {
  const statements = script.matchAll(/(?:^|[;}\n])import\s*(?:[\w$*{}\s,]+from\s*)?["'](\.[^"']+)["']/g);
  return [...statements].map(([, path]) => posix.join(posix.dirname(name), path!));
}
