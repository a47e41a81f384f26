import { readFileSync, writeSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { deserialize } from 'node:v8';
import type { FedMedia } from './recording-media.js';
import { RecordingScene } from './recording-scene.js';

const betweenPartsMs = 60;
const [, , dataDir = '', mediaFile = ''] = process.argv;

const media = deserialize(readFileSync(mediaFile)) as FedMedia;
const scene = await RecordingScene.open({ dataDir });
const program = await scene.goLive('demo', media);
for (const [index, part] of media.parts.entries()) {
  program.feed(1);
  await pause(betweenPartsMs);
  // how many parts have been handed on, and of what
  writeSync(1, `${index + 1} ${part.track}\n`);
}
await pause(60_000);
