import type { SegmentProfile } from '@weir/hls';
import type { ComposeReport, ProgramState } from '@weir/program';
import type { LiveProgram, ProgramListener } from '@weir/programs';
import type { JournalHead } from './journal-entry.js';

/** A show that is composed again, as recorders see it. */
export class ComposedProgram implements LiveProgram {
  readonly channel: string;
  readonly epoch: string;
  readonly startedAtMs: number;
  readonly originMs: number;
  readonly profile: SegmentProfile;
  readonly state: ProgramState = { mode: 'program', isOnSlate: false, droppedRungs: [] };
  readonly poster = undefined;
  readonly #listeners: ProgramListener[] = [];

  constructor({ channel, startedAtMs, originMs }: JournalHead, profile: SegmentProfile) {
    this.channel = channel;
    this.startedAtMs = startedAtMs;
    this.epoch = startedAtMs.toString(36);
    this.originMs = originMs;
    this.profile = profile;
  }

  /** Tells everything from now on. */
  listen(listener: ProgramListener): void {
    this.#listeners.push(listener);
  }

  isolate(): void {
    // Nobody is on its stage.
  }

  /** Hands on what is composed. */
  take(report: ComposeReport): void {
    for (const listener of this.#listeners) {
      if (report.type === 'track') listener.track(report.track);
      else if (report.type === 'part') listener.part(report.part);
    }
  }
}
