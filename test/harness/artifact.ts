import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ARTIFACTS = fileURLToPath(new URL('../artifacts/', import.meta.url));

/** Path of a file under test/artifacts, whose folder exists from then on. */
export function artifactPath(name: string): string {
  mkdirSync(ARTIFACTS, { recursive: true });
  return ARTIFACTS + name;
}

/** Prints measured figures and keeps them as `<name>.json` under test/artifacts. */
export function keepFigures(name: string, figures: Readonly<Record<string, unknown>>): void {
  const text = JSON.stringify(figures, undefined, 2);
  writeFileSync(artifactPath(`${name}.json`), `${text}\n`);
  console.log(`${name}: ${JSON.stringify(figures)}`);
}
