export {
  CaptionLanguageInvalid,
  CaptionsExhausted,
  CaptionUnknown,
  ClipInvalid,
  ClipsExhausted,
  CompositionImpossible,
  CompositionRunning,
  CompositionsExhausted,
  RecordingFileUnknown,
  RecordingNotReady,
  RecordingRunning,
  RecordingUnknown,
} from './recording-errors.js';
export { RECORDING_OPTIONS, type RecordingOptions } from './recording-options.js';
export { RecordingModule } from './recording.module.js';
export { Recordings } from './recordings.js';
export { Recorder, type RecorderFigures, type RecorderOptions } from './recorder.js';
export { repairRecording } from './repair.js';
export { ShareLinkInvalid } from './share-links.js';
export { CaptionsMalformed } from './web-vtt.js';
