import { runnerImport } from 'vite';

const [script] = process.argv.splice(2, 1);
await runnerImport(new URL(`./${script}.ts`, import.meta.url).pathname, {
  configFile: false,
  root: new URL('../..', import.meta.url).pathname,
  resolve: { tsconfigPaths: true },
});
