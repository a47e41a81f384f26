import { globSync, readFileSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { deserialize } from 'node:v8';
import { until } from '../harness/until.js';
import type { FedMedia } from './recording-media.js';
import { RecordingScene } from './recording-scene.js';

const [, , dataDir = '', mediaFile = ''] = process.argv;

/** Bytes that are kept of a track. */
function kept(track: string): number {
  const name = track === 'audio' ? 'audio' : 'video';
  const files = globSync(join(dataDir, 'recordings', '*', `${name}.0.mp4`));
  return files.reduce((sum, file) => sum + statSync(file).size, 0);
}

const media = deserialize(readFileSync(mediaFile)) as FedMedia;
const scene = await RecordingScene.open({ dataDir });
const program = await scene.goLive('demo', media);
for (const [index, part] of media.parts.entries()) {
  const before = kept(part.track);
  program.feed(1);
  await until(() => kept(part.track) > before, { what: 'a part that is kept', everyMs: 5 });
  // how many parts have been kept, and of what
  writeSync(1, `${index + 1} ${part.track}\n`);
}
await pause(60_000);
