import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Stage } from '@weir/contract';
import {
  type ArrangedGuest,
  arrangedScene,
  type Arrangement,
  type LayoutMode,
  type Scene,
  tweenScene,
} from '@weir/stage';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ImageShelf } from '../../libs/program/src/image-shelf.js';
import { Mixer } from '../../libs/program/src/mixer.js';
import { StageArt } from '../../libs/program/src/stage-art.js';
import { startChromium } from '../harness/chromium.js';
import { guestPainting, type Painting, paintedPicture, Pixels } from '../harness/painting.js';
import { PreviewPage } from '../harness/preview-page.js';
import { arrangementOf } from '../harness/program-guests.js';
import { FFMPEG, programPath } from '../harness/requirements.js';
import { until } from '../harness/until.js';

const CANVAS = { width: 960, height: 540 };
const TITLE = 'Rivers at night';
const GUESTS: Readonly<Record<string, Painting>> = {
  anna: guestPainting({ width: 640, height: 360 }, { red: 190, green: 40, blue: 40 }),
  bert: guestPainting({ width: 480, height: 360 }, { red: 40, green: 150, blue: 60 }),
  cleo: guestPainting({ width: 360, height: 640 }, { red: 50, green: 70, blue: 200 }),
  dirk: guestPainting({ width: 960, height: 540 }, { red: 180, green: 160, blue: 40 }),
};
/** Pixels by which edges may be apart. */
const APART = 3;
/** Pixels of all that may be apart by more: single ones of letters, which no two machines smooth alike. */
const MOST_STRANGE = 10;
/** Of 255, in the mean of a square. */
const MOST_COLOUR = 12;

let browser: Browser;
let preview: PreviewPage;
let shelf: ImageShelf;
let mixer: Mixer;
let speaker: string | null = null;

async function image(source: string): Promise<Uint8Array> {
  const args = ['-hide_banner', '-loglevel', 'error', '-f', 'lavfi', '-i', source, '-frames:v', '1'];
  const ffmpeg = await programPath(FFMPEG);
  const { stdout } = await promisify(execFile)(ffmpeg, [...args, '-c:v', 'png', '-f', 'image2pipe', '-'], {
    encoding: 'buffer',
  });
  return new Uint8Array(stdout);
}

beforeAll(async () => {
  const logo = await image('color=0xe614c8:size=300x240,format=rgba,drawbox=60:60:80:120:white:fill');
  const wall = await image('color=0x205060:size=1600x1200,drawbox=0:1000:1000:50:0xf08c14:fill');
  const ffmpegPath = await programPath(FFMPEG);
  shelf = new ImageShelf({ ffmpegPath, onFailure: (name, why) => console.error(name, why) });
  shelf.put('logo.png', logo);
  shelf.put('wall.png', wall);
  const art = new StageArt(CANVAS, shelf);
  const pictures = Object.fromEntries(Object.entries(GUESTS).map(([name, one]) => [name, paintedPicture(one)]));
  mixer = new Mixer(CANVAS, 30, {
    picture: (source, layer) => (source.type === 'guest' ? pictures[source.guest] : art.picture(layer)),
    sound: () => undefined,
  });
  browser = await startChromium();
  preview = await PreviewPage.open(browser, CANVAS, { '/logo.png': logo, '/wall.png': wall });
  await preview.guests(GUESTS);
});

afterAll(async () => {
  shelf?.close();
  await browser?.close();
});

function named(names: readonly string[]): (Partial<ArrangedGuest> & { readonly guest: string })[] {
  return names.map((guest) => ({ guest, label: `${guest} 안나`, ...(guest === 'dirk' && { shows: 'screen' }) }));
}

const everything = { labels: true, title: 'Good evening, 여러분', logo: 'logo.png' } as const;

function stageOf(arrangement: Arrangement): Stage {
  const guests = arrangement.guests.map(({ guest }) => ({
    id: guest,
    name: guest,
    state: 'on-air' as const,
    role: null,
    connected: true,
    sharesScreen: false,
    muted: false,
    mutedByDirector: false,
    quality: null,
    joinedAt: '2026-01-01T00:00:00.000Z',
  }));
  const images = ['logo.png', 'wall.png'].map((name) => ({ name, width: 1, height: 1, bytes: 1, url: `/${name}` }));
  return {
    channel: 'show',
    title: TITLE,
    live: true,
    since: null,
    held: true,
    recorded: false,
    arrangement: { ...arrangement, guests: [...arrangement.guests] },
    guests,
    speaker,
    images,
    canvas: CANVAS,
    canUndo: false,
  };
}

function sceneOf(arrangement: Arrangement, stalled?: string): Scene {
  const guests = arrangement.guests.map(({ guest }) => ({
    guest,
    hasPicture: guest in GUESTS,
    isStalled: guest === stalled,
  }));
  return arrangedScene({ arrangement, guests, speaker: speaker ?? undefined, canvas: CANVAS, slateTitle: TITLE });
}

/** The program's picture, once its images are decoded. */
async function programOf(scene: Scene): Promise<Pixels> {
  mixer.picture(scene);
  await shelf.settled();
  return Pixels.of({ ...CANVAS, data: mixer.picture(scene) });
}

/** Waits until the preview shows what the program shows. */
async function agreed(name: string, arrangement: Arrangement, stalled?: string): Promise<[Pixels, Pixels]> {
  const program = await programOf(sceneOf(arrangement, stalled));
  await preview.show(stageOf(arrangement));
  return [program, await alike(name, program)];
}

/** Waits until the preview shows a picture of the program; keeps both for who wants to look where it never does. */
async function alike(name: string, program: Pixels): Promise<Pixels> {
  let seen = program;
  let differs = '';
  const isAlike = async (): Promise<boolean> => {
    seen = await preview.pixels();
    const places = [...seen.strange(program, APART), ...program.strange(seen, APART)];
    const colour = seen.colourApart(program);
    differs = `${places.length} places such as ${JSON.stringify(places[places.length >> 1])}, in colour ${JSON.stringify(colour)}`;
    return places.length <= MOST_STRANGE && colour.by <= MOST_COLOUR;
  };
  try {
    await until(isAlike, { what: `the preview of ${name}`, timeoutMs: 60_000, everyMs: 100 });
  } catch {
    await preview.keep(`preview-${name}`, program);
    expect.fail(`the preview of ${name} differs at ${differs}`);
  }
  return seen;
}

describe('the preview shows what the program shows', () => {
  const layouts: readonly (readonly [Exclude<LayoutMode, 'auto'>, readonly string[]])[] = [
    ['solo', ['bert']],
    ['side-by-side', ['anna', 'bert']],
    ['grid', ['anna', 'bert', 'cleo', 'dirk', 'ella']],
    ['spotlight', ['anna', 'bert', 'cleo', 'dirk']],
    ['picture-in-picture', ['anna', 'cleo']],
    ['screen', ['anna', 'bert', 'dirk']],
  ];
  it.each(layouts)('in the layout %s, with names, a title and a logo', async (layout, names) => {
    const arrangement = arrangementOf(named(names), { layout, ...everything });
    const [program, seen] = await agreed(layout, arrangement);
    const { layers } = sceneOf(arrangement);
    for (const { id, rect, source } of layers) {
      // In the middle of a half, where no mark and no letter is.
      if (source.type !== 'guest') continue;
      const spot = { x: rect.x + (rect.width >> 3), y: rect.y + (rect.height >> 1) + 12, width: 8, height: 8 };
      const means = [program.mean(spot), seen.mean(spot)];
      for (const channel of [0, 1, 2])
        expect(Math.abs(means[0]![channel]! - means[1]![channel]!), `${id} ${means.join(' and ')}`).toBeLessThan(12);
    }
    const bare = arrangementOf(named(names), { layout, logo: 'logo.png' });
    const [plainProgram, plainSeen] = await agreed(layout, bare);
    for (const { id, rect, source } of layers.filter(({ source }) => source.type === 'text')) {
      if (source.type === 'text' && source.style === 'placard') continue;
      const [mine, theirs] = [program.changed(plainProgram, rect)!, seen.changed(plainSeen, rect)!];
      for (const side of ['x', 'y', 'width', 'height'] as const)
        expect(Math.abs(mine[side] - theirs[side]), `${side} of ${id}`).toBeLessThanOrEqual(APART);
      expect(mine.width, id).toBeLessThan(rect.width);
    }
  });

  it('with a guest whole, one hidden, one pinned, and an image behind all', async () => {
    const guests = named(['anna', 'bert', 'cleo', 'dirk']).map((one) => ({
      ...one,
      shows: 'camera' as const,
      fit: one.guest === 'cleo' ? ('contain' as const) : ('cover' as const),
      hidden: one.guest === 'anna',
    }));
    await agreed(
      'pinned',
      arrangementOf(guests, { layout: 'auto', pinned: 'bert', background: 'wall.png', labels: true }),
    );
  });

  it('with the speaker in the large place', async () => {
    speaker = 'cleo';
    await agreed('speaker', arrangementOf(named(['anna', 'bert', 'cleo']), { layout: 'spotlight' }));
    speaker = null;
  });

  it('with the cards, and the slate while nobody is there', async () => {
    await agreed('starting-soon', arrangementOf(named(['anna']), { card: 'starting-soon' }));
    await agreed('be-right-back', arrangementOf(named(['anna']), { card: 'be-right-back' }));
    await agreed('slate', arrangementOf([]));
  });

  it('while somebody who was taken off the stage fades out', async () => {
    const both = arrangementOf(named(['anna', 'bert']), { layout: 'side-by-side', transitionMs: 250 });
    const alone = { ...both, guests: both.guests.slice(0, 1) };
    await agreed('both', both);
    const program = await programOf(tweenScene(sceneOf(both), sceneOf(alone), 0.5));
    await preview.held(async (step) => {
      await preview.show(stageOf(alone));
      await step(40);
      await step(125);
      await alike('half of a transition', program);
    });
    await agreed('alone', alone);
  });

  it('with a guest in grey whose pictures have stopped', async () => {
    const arrangement = arrangementOf(named(['anna', 'bert']), { layout: 'side-by-side', labels: true });
    await agreed('before', arrangement);
    await preview.freeze('bert');
    const [program] = await agreed('grey', arrangement, 'bert');
    const { rect } = sceneOf(arrangement).layers.find(({ id }) => id === 'guest:bert')!;
    const colour = program.mean({ x: rect.x + 20, y: rect.y + 60, width: 8, height: 8 });
    expect(Math.max(...colour) - Math.min(...colour)).toBeLessThan(4);
    await preview.freeze('bert', false);
    await agreed('after', arrangement);
  });
});
