import { childOptions, serveCalls } from '../loadgen/child-calls.js';
import { Crowd, type CrowdOptions } from './crowd.js';

const crowd = new Crowd(childOptions<CrowdOptions>());
serveCalls(
  {
    grow: (size: number) => crowd.grow(size),
    figures: () => crowd.takeFigures(),
  },
  () => crowd.close(),
);
