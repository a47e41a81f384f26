import { readdirSync, readFileSync } from 'node:fs';
import { cpuSeconds } from './janus/process-figures.js';

/** What the processes of a program do. */
export type CpuPart = 'decode' | 'compose' | 'encode';

interface Seen {
  readonly part: CpuPart;
  readonly firstSeconds: number;
  lastSeconds: number;
}

/** CPU time of a program process and its ffmpegs, by what they do; look often, because they come and go. */
export class CpuSplit {
  readonly #pid: number;
  readonly #seen = new Map<number, Seen>();
  #hasLooked = false;

  constructor(pid: number) {
    this.#pid = pid;
  }

  /** Reads what each has used so far; those that came after the first look count from their start. */
  look(): void {
    for (const pid of [this.#pid, ...childrenOf(this.#pid)]) {
      const part = pid === this.#pid ? 'compose' : partOf(pid);
      if (part === undefined) continue;
      try {
        const seconds = cpuSeconds(pid);
        const seen = this.#seen.get(pid);
        if (seen !== undefined) seen.lastSeconds = seconds;
        else this.#seen.set(pid, { part, firstSeconds: this.#hasLooked ? 0 : seconds, lastSeconds: seconds });
      } catch {
        // It has just ended.
      }
    }
    this.#hasLooked = true;
  }

  /** Seconds of CPU between the first and the last look. */
  seconds(part: CpuPart): number {
    let sum = 0;
    for (const seen of this.#seen.values()) if (seen.part === part) sum += seen.lastSeconds - seen.firstSeconds;
    return sum;
  }
}

function childrenOf(pid: number): number[] {
  return readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    textOf(`/proc/${pid}/task/${task}/children`).split(' ').filter(Boolean).map(Number),
  );
}

function partOf(pid: number): CpuPart | undefined {
  const words = textOf(`/proc/${pid}/cmdline`).split('\0');
  if (words.includes('wav')) return 'encode';
  if (words.includes('nut')) return 'decode';
  return words.includes('libx264') || words.includes('aac') ? 'encode' : undefined;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return '';
  }
}
