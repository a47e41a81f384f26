import type { ProgramOptions, ProgramReport } from '@weir/program';
import type { TapEvent } from '@weir/sfu';
import type { Arrangement } from '@weir/stage';

/** A program process, as the hub drives it. */
export interface ProgramProcess {
  media(guest: string, event: TapEvent): void;
  arrange(arrangement: Arrangement | undefined): void;
  image(name: string, file: Uint8Array | undefined): void;
  isolate(directory: string | undefined): void;
  /** Whether it is told as RTP packets too; not at first. */
  realTime(on: boolean): void;
  /** Resolves when everything was reported and the process is gone; idempotent. */
  close(): Promise<void>;
}

/** What the hub hears of a program process. */
export interface ProgramProcessListener {
  report(report: ProgramReport): void;
  /** It died by itself. */
  lost(cause: string): void;
}

/** Starts a program process. */
export type ProgramLaunch = (options: ProgramOptions, listener: ProgramProcessListener) => ProgramProcess;

/** Injection token of the ProgramLaunch. */
export const PROGRAM_LAUNCH = Symbol('PROGRAM_LAUNCH');
