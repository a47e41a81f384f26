export { compose, ComposeFailed } from './compose-process.js';
export type { ComposeChanges, ComposeFile, ComposeOptions, ComposeReport } from './compose-options.js';
export { Program } from './program.js';
export type { ProgramListener } from './program.js';
export type { ProgramOptions, ProgramResume, Rung } from './program-options.js';
export type { ProgramFigures, ProgramReport, ProgramRequest, ProgramState, ProgramTrack } from './program-protocol.js';
