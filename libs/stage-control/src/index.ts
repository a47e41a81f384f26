export {
  GuestNotConnected,
  GuestUnknown,
  NothingToUndo,
  RemovedFromStage,
  StageFull,
  StageImageInvalid,
  StageImagesExhausted,
  StageImageUnknown,
} from './stage-errors.js';
export { StageControlModule } from './stage-control.module.js';
export type { StageOptions } from './stage-options.js';
