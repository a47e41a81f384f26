import { execFileSync } from 'node:child_process';
import { cpus, release, totalmem } from 'node:os';

/** What a results file says about where it comes from. */
export interface MachineFacts {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly kernel: string;
  readonly node: string;
  readonly openssl: string;
  readonly commit: string;
  readonly date: string;
}

/** Facts of this machine and checkout. */
export function machineFacts(): MachineFacts {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    kernel: release(),
    node: process.version,
    openssl: process.versions.openssl,
    commit: commit(),
    date: new Date().toISOString(),
  };
}

function commit(): string {
  try {
    const text = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8' }).trim();
    return text('rev-parse', '--short', 'HEAD') + (text('status', '--porcelain', '-uno') === '' ? '' : '+changes');
  } catch {
    return 'unknown';
  }
}
