import { defineConfig } from 'vitest/config';

const resolve = { tsconfigPaths: true } as const;
const execArgv = ['--expose-gc'];
// An `expect.poll` waits for an event of another process: one second, its usual limit, is less than a busy machine may stand still.
const patient = { poll: { timeout: 20_000 } } as const;

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  resolve,
  test: {
    // most of what is tested waits for something: two files at once even where there are two cores
    maxWorkers: 2,
    projects: [
      {
        resolve,
        test: {
          name: 'unit',
          expect: patient,
          include: ['libs/**/*.spec.ts', 'apps/**/*.spec.ts', 'test/harness/**/*.spec.ts', 'test/bench/**/*.spec.ts'],
          // no module keeps anything of its own: one load of them does for all files
          isolate: false,
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
      {
        resolve,
        test: {
          name: 'architecture',
          expect: patient,
          include: ['test/architecture/**/*.spec.ts'],
          testTimeout: 30_000,
        },
      },
      { resolve, test: { name: 'fuzz', expect: patient, include: ['test/fuzz/**/*.spec.ts'], testTimeout: 120_000 } },
      {
        resolve,
        test: {
          name: 'integration',
          expect: patient,
          include: ['test/integration/**/*.spec.ts', 'test/memory/**/*.spec.ts', 'test/security/**/*.spec.ts'],
          execArgv,
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
      {
        resolve,
        test: {
          name: 'pages',
          expect: patient,
          include: ['test/pages/**/*.spec.ts'],
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
      {
        resolve,
        test: {
          name: 'real-time',
          expect: patient,
          include: ['test/real-time/**/*.spec.ts', 'test/e2e/**/*.spec.ts', 'test/interop/**/*.spec.ts'],
          fileParallelism: false,
          // it has the machine for itself, and begins when the other projects are done
          sequence: { groupOrder: 1 },
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
