import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import type { BoardMemory, LayerBoard as Board, LayerFigures } from '../../libs/sfu/src/layer-board.js';

const BUILT = new URL('../../dist/libs/sfu/src/layer-board.js', import.meta.url).href;
const SEEN = 20_000;
const LONGEST_MS = 20_000;
const FEWEST = 100;

const writer = `
  import { parentPort, workerData } from 'node:worker_threads';
  import { LayerBoard } from '${BUILT}';
  const board = LayerBoard.create(16);
  parentPort.postMessage(board.memory);
  for (let n = 1; Atomics.load(workerData, 0) === 0; n++) {
    board.post({
      arrived: n, headSequence: n, keyFrameSequence: n, bytesSinceKeyFrame: n,
      frameTimestamp: n, headArrivalMs: n, bitrateBps: n, clockOriginMs: n,
    });
  }
`;

it('never shows another thread a mixture of figures while they are written', async () => {
  const { LayerBoard } = (await import(BUILT)) as { LayerBoard: typeof Board };
  const stop = new Int32Array(new SharedArrayBuffer(4));
  const thread = new Worker(new URL(`data:text/javascript,${encodeURIComponent(writer)}`), { workerData: stop });
  const ended = once(thread, 'exit');
  const [memory] = (await once(thread, 'message')) as [BoardMemory];
  const board = LayerBoard.attach(memory);
  const figures = {} as LayerFigures;
  let mixtures = 0;
  let last = 0;
  let seen = 0;
  // Where both threads share a processor, little is seen of what the other one does.
  const untilMs = performance.now() + LONGEST_MS;
  while (seen < SEEN && performance.now() < untilMs) {
    board.read(figures);
    if (figures.arrived === last) continue;
    last = figures.arrived;
    seen++;
    if (Object.values(figures).some((figure) => figure !== last)) mixtures++;
  }
  Atomics.store(stop, 0, 1);
  await ended;
  expect(mixtures).toBe(0);
  expect(seen).toBeGreaterThan(FEWEST);
});
