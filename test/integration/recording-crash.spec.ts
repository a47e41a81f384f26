import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { serialize } from 'node:v8';
import { fragmentIndex } from '@weir/cmaf';
import type { Recording } from '@weir/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../harness/random.js';
import { flashAndBeep, type FedMedia } from './recording-media.js';
import { RecordingScene } from './recording-scene.js';

const victim = fileURLToPath(new URL('./recording-victim.mjs', import.meta.url));
const names = { '720p': 'video', audio: 'audio' } as const;

let directory: string;
let mediaFile: string;
let media: FedMedia;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'weir-crash-'));
  mediaFile = join(directory, 'media');
  media = await flashAndBeep(10);
  writeFileSync(mediaFile, serialize(media));
});

afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

/** Records in a process of its own, which is killed once it has kept so many parts, each before the next came; returns how many of each track. */
async function killedAfter(dataDir: string, parts: number): Promise<Map<string, number>> {
  const child = spawn(process.execPath, [victim, dataDir, mediaFile], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const handed = new Map<string, number>();
  for await (const line of createInterface(child.stdout)) {
    const [count, track = ''] = line.split(' ');
    handed.set(track, (handed.get(track) ?? 0) + 1);
    if (Number(count) >= parts) child.kill('SIGKILL');
  }
  await exited;
  expect([...handed.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(parts);
  return handed;
}

function fragmentsOf(file: string): number {
  const bytes = readFileSync(file);
  return [...fragmentIndex(bytes.length, (offset, length) => bytes.subarray(offset, offset + length))].length;
}

async function opened(dataDir: string): Promise<{ scene: RecordingScene; recording: Recording }> {
  const scene = await RecordingScene.open({ dataDir });
  const recording = await scene.recording('demo', ({ state }) => state === 'ready' || state === 'failed');
  return { scene, recording };
}

describe('a recording whose server is killed', () => {
  it('is listed by the next start, finished, and lacks at most the part that was on its way', async () => {
    const random = seededRandom(4);
    for (let round = 0; round < 4; round += 1) {
      const dataDir = join(directory, `killed-${round}`);
      const handed = await killedAfter(dataDir, 8 + Math.floor(random() * (media.parts.length - 8)));
      const { scene, recording } = await opened(dataDir);
      expect(recording).toMatchObject({ state: 'ready', reason: 'The server ended while it was recorded.' });
      for (const [track, kind] of Object.entries(names)) {
        const kept = fragmentsOf(join(scene.folder(recording.id), `${kind}.0.mp4`));
        expect(kept).toBeGreaterThanOrEqual((handed.get(track) ?? 0) - 1);
      }
      const response = await fetch(scene.url + (recording.downloads[0]?.url ?? ''));
      expect([response.status, (await response.arrayBuffer()).byteLength]).toEqual([
        200,
        recording.downloads[0]?.bytes,
      ]);
      await scene.close();
    }
  }, 240_000);

  it('is finished with any journal that the crash may have left', async () => {
    for (const damage of ['gone', 'cut', 'garbled'] as const) {
      const dataDir = join(directory, damage);
      const before = await RecordingScene.open({ dataDir });
      (await before.goLive('demo', media)).feed(media.parts.length - 3);
      const { id } = await before.recording('demo', ({ durationSeconds }) => durationSeconds >= 8);
      const journal = join(before.folder(id), 'journal.jsonl');
      await before.close(true);
      const text = readFileSync(journal, 'utf8');
      if (damage === 'gone') rmSync(journal);
      if (damage === 'cut') writeFileSync(journal, text.slice(0, text.length / 2));
      if (damage === 'garbled') writeFileSync(journal, text.replaceAll('"bytes":', '"bytes":9'));
      const { scene, recording } = await opened(dataDir);
      expect([damage, recording.state]).toEqual([damage, 'ready']);
      expect(recording.durationSeconds).toBeGreaterThan(9);
      await scene.close();
    }
  });

  it('is taken in again when even its entry is lost', async () => {
    const dataDir = join(directory, 'lost');
    const before = await RecordingScene.open({ dataDir });
    const { id } = await before.recorded('demo', media);
    await before.database.recordings.delete(id);
    await before.close(true);
    const { scene, recording } = await opened(dataDir);
    expect(recording).toMatchObject({ id, state: 'ready', title: 'Show of demo' });
    await scene.close();
  });
});

describe('a server that is stopped while it records', () => {
  it('keeps everything, and the next start finishes it', async () => {
    const dataDir = join(directory, 'stopped');
    const before = await RecordingScene.open({ dataDir });
    (await before.goLive('demo', media)).feed();
    await before.close(true);
    const { scene, recording } = await opened(dataDir);
    expect(recording).toMatchObject({ state: 'ready', reason: 'The server was stopped.' });
    expect(recording.durationSeconds).toBeCloseTo(10, 1);
    await scene.close();
  });
});
