import { execFile } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Recording } from '@weir/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FFMPEG, programPath } from '../harness/requirements.js';
import { flashAndBeep, type FedMedia } from './recording-media.js';
import { RecordingScene } from './recording-scene.js';

const run = promisify(execFile);

let scene: RecordingScene;
let media: FedMedia;

beforeAll(async () => {
  media = await flashAndBeep(8);
  scene = await RecordingScene.open();
});

afterAll(() => scene.close());

async function text(of: RecordingScene, path: string): Promise<string> {
  return (await fetch(of.url + path)).text();
}

async function framesIn(url: string): Promise<number> {
  const ffmpeg = await programPath(FFMPEG);
  const args = ['-hide_banner', '-nostdin', '-xerror', '-i', url, '-map', '0:v', '-map', '0:a', '-f', 'framecrc', '-'];
  const { stdout } = await run(ffmpeg, args, { maxBuffer: 64 << 20 });
  return stdout.split('\n').filter((line) => line.startsWith('0,')).length;
}

describe('the playlists of a recording', () => {
  it('play from the first segments on, grow, and end with the stream', async () => {
    const program = await scene.goLive('demo', media);
    program.feed(40);
    const { id } = await scene.recording('demo', ({ durationSeconds }) => durationSeconds >= 4);
    const early = await text(scene, `/recordings/${id}/video.m3u8`);
    expect(early).toContain('#EXT-X-PLAYLIST-TYPE:EVENT');
    expect(early).not.toContain('#EXT-X-ENDLIST');
    program.feed();
    scene.endStream('demo');
    const ready = await scene.recording('demo', ({ state }) => state === 'ready');
    const late = await text(scene, `/recordings/${id}/video.m3u8`);
    const lines = early
      .trimEnd()
      .split('\n')
      .filter((line) => !line.startsWith('#EXT-X-PLAYLIST-TYPE'));
    expect(late.split('\n')).toEqual(expect.arrayContaining(lines));
    expect(late).toContain('#EXT-X-ENDLIST');
    expect(late.match(/#EXTINF:2\.0/g)).toHaveLength(4);
    expect(await framesIn(scene.url + ready.playlistUrl)).toBe(240);
  });

  it('tell the same time in both tracks', async () => {
    const { id } = await scene.recorded('times', media);
    const dates = async (track: string): Promise<number[]> => {
      const playlist = await text(scene, `/recordings/${id}/${track}.m3u8`);
      return [...playlist.matchAll(/DATE-TIME:(\S+)/g)].map(([, date]) => Date.parse(date ?? ''));
    };
    const [video, audio] = [await dates('video'), await dates('audio')];
    expect(audio).toHaveLength(video.length);
    for (const [index, date] of audio.entries()) expect(Math.abs(date - (video[index] ?? 0))).toBeLessThan(25);
  });
});

describe('a recording without ffmpeg', () => {
  it('is one fragmented MP4 made by ourselves, and clips of it too', async () => {
    const bare = await RecordingScene.open({ ffmpegPath: undefined });
    const ready: Recording = await bare.recorded('demo', media);
    expect(ready).toMatchObject({ state: 'ready', storyboardUrl: null });
    const path = join(bare.folder(ready.id), 'program.mp4');
    expect(existsSync(path)).toBe(true);
    expect(await framesIn(path)).toBe(240);
    const clip = await fetch(`${bare.url}${ready.downloads[0]?.url}?start=2.5&end=3.5`);
    writeFileSync(join(bare.dataDir, 'clip.mp4'), Buffer.from(await clip.arrayBuffer()));
    expect(await framesIn(join(bare.dataDir, 'clip.mp4'))).toBe(60);
    expect(readFileSync(path).indexOf('moof')).toBeGreaterThan(0);
    await bare.close();
  });
});
