export { type LiveProgram, type ProgramListener, type ProgramNeed, REAL_TIME_NEED } from './live-program.js';
export {
  PROGRAM_LAUNCH,
  type ProgramLaunch,
  type ProgramProcess,
  type ProgramProcessListener,
} from './program-launch.js';
export { type ProgramEvents, ProgramOff, ProgramRegistry, type ProgramStanding } from './program-registry.js';
export { PROGRAMS_OPTIONS, type ProgramsOptions } from './programs-options.js';
export { realTimeTracks } from './real-time-tracks.js';
export type { Stages } from './stages.js';
export { ProgramsModule } from './programs.module.js';
