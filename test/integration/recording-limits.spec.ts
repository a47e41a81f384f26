import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Recording, RecordingPage } from '@weir/contract';
import { beforeAll, describe, expect, it } from 'vitest';
import { flashAndBeep, type FedMedia } from './recording-media.js';
import { RecordingScene } from './recording-scene.js';

const dayMs = 86_400_000;

let media: FedMedia;
let mediaBytes: number;

beforeAll(async () => {
  media = await flashAndBeep(8);
  mediaBytes = media.parts.reduce((sum, part) => sum + part.bytes.length, 0);
});

async function ids(scene: RecordingScene): Promise<string[]> {
  const { body } = await scene.ask('GET', '/api/recordings');
  return (body as RecordingPage).recordings.map(({ id }) => id);
}

describe('the quota of recordings', () => {
  it('makes the oldest go first, but none that is protected', async () => {
    const before = await RecordingScene.open();
    const made: Recording[] = [];
    for (const channel of ['a', 'b', 'c']) made.push(await before.recorded(channel, media));
    await before.ask('PATCH', `/api/recordings/${made[0]?.id}`, { protected: true });
    await before.close(true);
    const quotaBytes = (made[0]?.bytes ?? 0) * 2.5;
    const scene = await RecordingScene.open({ dataDir: before.dataDir, quotaBytes });
    await expect.poll(() => ids(scene)).toEqual([made[2]?.id, made[0]?.id]);
    const newest = await scene.recorded('d', media);
    await expect.poll(() => ids(scene)).toEqual([newest.id, made[0]?.id]);
    await scene.close();
  });

  it('ends a recording for which nothing can make room, with what it has', async () => {
    const scene = await RecordingScene.open({ quotaBytes: mediaBytes / 2 });
    (await scene.goLive('demo', media)).feed();
    const ended = await scene.recording('demo', ({ state }) => state === 'ready');
    expect(ended.reason).toBe('The quota of recordings is used up.');
    expect(scene.channels.stream('demo')).toBeDefined();
    expect(scene.isNeeded('demo')).toBe(false);
    scene.endStream('demo');
    await scene.close();
  });
});

describe('the age of recordings', () => {
  it('makes them go that are too old', async () => {
    const before = await RecordingScene.open();
    const old = await before.recorded('demo', media);
    const young = await before.recorded('demo', media);
    await before.database.recordings.update(old.id, { endedAtMs: Date.now() - 3 * dayMs });
    await before.close(true);
    const scene = await RecordingScene.open({ dataDir: before.dataDir, maxAgeDays: 2 });
    await expect.poll(() => ids(scene)).toEqual([young.id]);
    await scene.close();
  });
});

describe.runIf(process.getuid?.() === 0 && process.platform === 'linux')('a full disk', () => {
  it('ends the recording while the stream goes on, and it is finished when there is room', async () => {
    const noise = await flashAndBeep(8, { videoBps: 6_000_000 });
    const bytes = noise.parts.reduce((sum, part) => sum + part.bytes.length, 0);
    const mount = mkdtempSync(join(tmpdir(), 'weir-full-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes + 2_000_000}`, 'tmpfs', mount]);
    try {
      const filler = join(mount, 'filler');
      const scene = await RecordingScene.open({ dataDir: mount });
      await expect.poll(() => existsSync(join(mount, 'recordings', 'ballast'))).toBe(true);
      const { bavail, bsize } = statfsSync(mount);
      writeFileSync(filler, Buffer.alloc(bavail * bsize - Math.floor(bytes / 2)));
      (await scene.goLive('demo', noise)).feed();
      const full = await scene.recording('demo', ({ state }) => state === 'interrupted');
      expect(full.reason).toBe('The disk is full.');
      expect(scene.channels.stream('demo')).toBeDefined();
      const playlist = await fetch(scene.url + (full.playlistUrl ?? ''));
      expect(playlist.status).toBe(200);
      await scene.close(true);
      rmSync(filler);
      const next = await RecordingScene.open({ dataDir: mount });
      const ready = await next.recording('demo', ({ state }) => state === 'ready');
      expect(ready).toMatchObject({ reason: 'The disk is full.' });
      expect(ready.durationSeconds).toBeGreaterThan(1);
      await next.close(true);
    } finally {
      execFileSync('umount', ['--lazy', mount]);
      rmSync(mount, { recursive: true });
    }
  });
});
