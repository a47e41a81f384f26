import type { StageFault } from '@weir/contract';

/** What was asked of a stage was not done; `unanswered` when the connection was lost before the answer. */
export class StageRefused extends Error {
  override readonly name = 'StageRefused';

  constructor(
    readonly code: StageFault['code'] | 'unanswered',
    readonly detail = '',
  ) {
    super(detail === '' ? code : detail);
  }
}
