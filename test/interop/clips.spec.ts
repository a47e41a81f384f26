import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { FFMPEG, programPath } from '../harness/requirements.js';

const run = promisify(execFile);

it.each(['libs/demo/assets/demo.h264', 'libs/demo/assets/demo.opus', 'test/fixtures/clips/high-4s.h264'])(
  'has ffmpeg decode %s without a complaint',
  async (path) => {
    const file = fileURLToPath(new URL(`../../${path}`, import.meta.url));
    const { stderr } = await run(await programPath(FFMPEG), ['-v', 'error', '-i', file, '-f', 'null', '-']);
    expect(stderr).toBe('');
  },
);
