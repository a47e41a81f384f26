import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findFfmpeg } from './find-ffmpeg.js';

let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'weir-ffmpeg-'));
});

afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

function fakeFfmpeg(name: string, version: string, encoders: readonly string[]): string {
  const path = join(directory, name);
  const list = encoders.map((encoder) => ` V....D ${encoder} an encoder`).join('\n');
  const script = `#!/bin/sh\ncase "$2" in\n-version) echo "${version}";;\n-encoders) echo "${list}";;\nesac\n`;
  writeFileSync(path, script);
  chmodSync(path, 0o755);
  return path;
}

const all = ['libx264', 'aac', 'libopus'];

describe('findFfmpeg', () => {
  it('takes the system one before the packaged one', async () => {
    const system = fakeFfmpeg('system', 'ffmpeg version 7.1.3 Copyright', all);
    const search = await findFfmpeg({ system, packaged: fakeFfmpeg('packaged', 'ffmpeg version 6 x', all) });
    expect(search).toEqual({ found: { path: system, version: '7.1.3', source: 'system' }, problems: [] });
  });

  it('passes over one without the encoders it needs and says so', async () => {
    const system = fakeFfmpeg('poor', 'ffmpeg version 7.1.3 Copyright', ['aac']);
    const packaged = fakeFfmpeg('packaged', 'ffmpeg version 6.1 x', all);
    const search = await findFfmpeg({ system, packaged });
    expect(search.found).toMatchObject({ source: 'ffmpeg-static', version: '6.1' });
    expect(search.problems).toEqual([`system (${system}): lacks libx264, libopus`]);
  });

  it('tries nothing else when FFMPEG_PATH is set', async () => {
    const configured = join(directory, 'absent');
    const search = await findFfmpeg({ configured, system: fakeFfmpeg('system', 'ffmpeg version 7 x', all) });
    expect(search).toEqual({ found: undefined, problems: [`FFMPEG_PATH (${configured}): cannot be run`] });
  });

  it('takes no other program for ffmpeg', async () => {
    const system = fakeFfmpeg('other', 'something else', all);
    const search = await findFfmpeg({ system, packaged: undefined });
    expect(search.problems).toEqual([`system (${system}): is not ffmpeg`]);
  });
});
