import { defineConfig } from 'vitest/config';

const resolve = { tsconfigPaths: true } as const;
const execArgv = ['--expose-gc'];

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
          include: ['libs/**/*.spec.ts', 'apps/**/*.spec.ts', 'test/harness/**/*.spec.ts', 'test/bench/**/*.spec.ts'],
          // no module keeps anything of its own: one load of them does for all files
          isolate: false,
          testTimeout: 30_000,
        },
      },
      { resolve, test: { name: 'architecture', include: ['test/architecture/**/*.spec.ts'], testTimeout: 30_000 } },
      { resolve, test: { name: 'fuzz', include: ['test/fuzz/**/*.spec.ts'], testTimeout: 120_000 } },
      {
        resolve,
        test: {
          name: 'integration',
          include: ['test/integration/**/*.spec.ts', 'test/memory/**/*.spec.ts', 'test/security/**/*.spec.ts'],
          execArgv,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        resolve,
        test: {
          name: 'pages',
          include: ['test/pages/**/*.spec.ts'],
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
      {
        resolve,
        test: {
          name: 'real-time',
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
