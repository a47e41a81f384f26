import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { machineFacts } from './machine.js';

const folder = fileURLToPath(new URL('./results/', import.meta.url));

/** Writes results under test/bench/results with the facts of the machine. */
export function writeResults(file: string, results: Readonly<Record<string, unknown>>): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(folder + file, `${JSON.stringify({ machine: machineFacts(), ...results }, null, 2)}\n`);
}
