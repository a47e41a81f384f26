import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { arrangedScene, type Arrangement } from '@weir/stage';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Cast, CAST_CANVAS, CAST_TRACK, isNear, isOf, startCast } from '../harness/program-cast.js';
import { arrangementOf } from '../harness/program-guests.js';
import { picturesAt, type Probe, type ProbedPicture, ProgramSound } from '../harness/program-probe.js';
import { FFMPEG, programPath } from '../harness/requirements.js';

const MAGENTA: Probe = [230, 20, 200];
const ORANGE: Probe = [240, 140, 20];

let cast: Cast;

async function image(colour: string, size: string, more = ''): Promise<Uint8Array> {
  const args = `-hide_banner -loglevel error -f lavfi -i color=${colour}:size=${size}${more},format=rgba`.split(' ');
  const { stdout } = await promisify(execFile)(
    await programPath(FFMPEG),
    [...args, '-frames:v', '1', '-c:v', 'png', '-f', 'image2pipe', '-'],
    { encoding: 'buffer' },
  );
  return new Uint8Array(stdout);
}

beforeAll(async () => {
  cast = await startCast(['anna', 'bert'], arrangementOf(['anna', 'bert']));
  const { program } = cast.watch;
  program.image('logo', await image('0xe614c8', '500x500'));
  program.image('wall', await image('0xf08c14', '1600x900'));
  program.image('broken', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]));
}, 120_000);

afterAll(() => cast?.close());

function layersOf(arrangement: Arrangement) {
  const guests = arrangement.guests.map(({ guest }) => ({ guest, hasPicture: true, isStalled: false }));
  const { layers } = arrangedScene({ arrangement, guests, speaker: undefined, canvas: CAST_CANVAS, slateTitle: '' });
  return (id: string) => layers.find((layer) => layer.id === id)!.rect;
}

async function pictureOf(arrangement: Arrangement): Promise<ProbedPicture> {
  const { watch } = cast;
  const known = watch.journal.length;
  watch.program.arrange(arrangement);
  const isDrawn = () => watch.journal.slice(known).some(({ type }) => type === 'arrangement');
  await watch.until(isDrawn, 'the arrangement');
  await cast.calm(1);
  return (await picturesAt(watch, CAST_TRACK, [watch.endSeconds() - 0.1]))[0]!;
}

describe('what is not a guest', () => {
  it('lies above and below: background, logo, names and a title', async () => {
    const named = ['anna', 'bert'].map((guest) => ({ guest, label: guest.toUpperCase() }));
    const arrangement = arrangementOf(named, { labels: true, logo: 'logo', background: 'wall', title: 'Good evening' });
    const rectOf = layersOf(arrangement);
    // Images are decoded aside, when they are first asked for.
    const isThere = async (): Promise<boolean> => {
      const picture = await pictureOf(arrangement);
      const background = picture.at(rectOf('background'), 0.5, 0.04);
      return isNear(picture.at(rectOf('logo')), MAGENTA) && isNear(background, ORANGE);
    };
    await expect.poll(isThere, { timeout: 90_000 }).toBe(true);
    const picture = await pictureOf(arrangement);
    expect(isOf(picture.at(rectOf('guest:anna')), 'anna')).toBe(true);
    const without = await pictureOf(arrangementOf(named, { background: 'wall' }));
    for (const [id, guest] of [
      ['label:anna', 'anna'],
      ['label:bert', 'bert'],
    ] as const) {
      const { x, y, height } = rectOf(id);
      const start = { x, y, width: 3 * height, height };
      expect(picture.contrast(start), guest).toBeGreaterThan(100);
      expect(without.contrast(start), guest).toBeLessThan(40);
    }
    const title = rectOf('title');
    expect(picture.contrast({ ...title, width: title.width / 3 })).toBeGreaterThan(100);
  });

  it('is left out where an image is broken, and the log says so', async () => {
    const arrangement = arrangementOf(['anna', 'bert'], { background: 'broken', logo: 'unknown' });
    const picture = await pictureOf(arrangement);
    expect(isOf(picture.at(layersOf(arrangement)('guest:bert')), 'bert')).toBe(true);
    const told = (): number => cast.watch.logs.filter((line) => line.includes('image broken cannot be shown')).length;
    await cast.watch.until(() => told() > 0, 'the log');
    expect(told()).toBe(1);
  });

  it('is a card, behind which nobody is heard', async () => {
    const { watch } = cast;
    const picture = await pictureOf(arrangementOf(['anna', 'bert'], { card: 'starting-soon' }));
    expect(isOf(picture.at({ x: 0, y: 0, ...CAST_CANVAS }, 0.25, 0.2), 'anna')).toBe(false);
    expect(picture.contrast({ x: 0, y: 0, ...CAST_CANVAS })).toBeGreaterThan(150);
    expect(watch.state?.isOnSlate).toBe(true);
    const sound = await ProgramSound.of(watch);
    expect(sound.tone(440, sound.endSeconds - 0.5)).toBeLessThan(0.01);
  });

  it('gives way to a publisher alone, and the stage comes back, in the same run', async () => {
    const { watch } = cast;
    watch.program.arrange(undefined);
    const isAlone = async (): Promise<boolean> => {
      await cast.calm(0.7);
      const [alone] = await picturesAt(watch, CAST_TRACK, [watch.endSeconds() - 0.1]);
      return isOf(alone!.at({ x: 0, y: 0, ...CAST_CANVAS }, 0.9, 0.5), 'anna');
    };
    await expect.poll(isAlone, { timeout: 60_000 }).toBe(true);
    const arrangement = arrangementOf(['anna', 'bert']);
    const picture = await pictureOf(arrangement);
    expect(isOf(picture.at(layersOf(arrangement)('guest:bert')), 'bert')).toBe(true);
    expect(watch.runsOf(CAST_TRACK)).toEqual([0]);
  });
});
