// Type-checks the whole tree, then each pure library without Node's types, then the pages with the browser's.
import { spawn } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const compiler = fileURLToPath(new URL('../node_modules/typescript/bin/tsc', import.meta.url));

const projects = [
  'tsconfig.json',
  ...globSync('libs/*/tsconfig.lib.json', { cwd: root }).toSorted(),
  'apps/web/tsconfig.json',
];
const waiting = projects.filter((project) => existsSync(root + project));
let failures = 0;

function check(project) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [compiler, '--project', project, '--noEmit'], { cwd: root });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => (output += text));
    child.once('close', (code) => {
      if (code !== 0) failures += 1;
      console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${project}${output && `\n${output}`}`);
      resolve();
    });
  });
}

async function work() {
  for (let project = waiting.shift(); project !== undefined; project = waiting.shift()) await check(project);
}

await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, work));
process.exitCode = failures === 0 ? 0 : 1;
