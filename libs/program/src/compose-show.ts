import { readFileSync } from 'node:fs';
import { arrangedScene, type Scene, StageDirector, type StageStanding } from '@weir/stage';
import { ComposeEncoder } from './compose-encoder.js';
import { ComposeGuest } from './compose-guest.js';
import type { ComposeOptions, ComposeReport } from './compose-options.js';
import { ComposeTimeline, type ShowMoment } from './compose-timeline.js';
import { ImageShelf } from './image-shelf.js';
import { Mixer } from './mixer.js';
import { StageArt } from './stage-art.js';

const STALLED_AGE_MS = 3000;
const PROGRESS_EVERY_MS = 500;

/** Composes a show again as fast as this machine can; everything of it is reported but the last word. */
export async function composeShow(options: ComposeOptions, report: (report: ComposeReport) => void): Promise<void> {
  const show = new ComposedShow(options, report);
  try {
    await show.run();
  } finally {
    await show.close();
  }
}

class ComposedShow {
  readonly #options: ComposeOptions;
  readonly #report: (report: ComposeReport) => void;
  readonly #timeline: ComposeTimeline;
  readonly #guests: ReadonlyMap<string, ComposeGuest>;
  readonly #images: ImageShelf;
  readonly #art: StageArt;
  readonly #director: StageDirector;
  readonly #mixer: Mixer;
  readonly #encoder: ComposeEncoder;
  readonly #firstTick: number;
  #toldMs = 0;

  constructor(options: ComposeOptions, report: (report: ComposeReport) => void) {
    const { canvas, frameRate, ffmpegPath, journal, changes, title } = options;
    this.#options = options;
    this.#report = report;
    this.#firstTick = Math.ceil(options.startSeconds * frameRate - 1e-6);
    this.#timeline = new ComposeTimeline(journal, changes);
    this.#guests = guestsOf(options, (message) => report({ type: 'log', message }));
    this.#images = new ImageShelf({
      ffmpegPath,
      onFailure: (name, why) => report({ type: 'log', message: `image ${name} cannot be shown: ${why}` }),
    });
    for (const { name, path } of options.images) this.#images.put(name, readFileSync(path));
    this.#art = new StageArt(canvas, this.#images);
    this.#director = new StageDirector(canvas, title, this.#timeline.at(options.startSeconds).arrangement);
    this.#mixer = new Mixer(canvas, frameRate, {
      picture: (source, layer) =>
        source.type === 'guest' ? this.#guests.get(source.guest)?.shown : this.#art.picture(layer),
      sound: (guest, block) => {
        const known = this.#guests.get(guest);
        if (known === undefined) block.fill(0);
        else known.sound(block);
      },
    });
    this.#encoder = new ComposeEncoder(options, this.#firstTick, report);
  }

  async run(): Promise<void> {
    const { frameRate, endSeconds } = this.#options;
    const endTick = Math.max(this.#firstTick + 1, Math.round(endSeconds * frameRate));
    for (let tick = this.#firstTick; tick < endTick; tick += 1) {
      await this.#tick(tick / frameRate);
      this.#tellProgress((tick + 1 - this.#firstTick) / (endTick - this.#firstTick));
    }
    await this.#encoder.finish();
  }

  async close(): Promise<void> {
    this.#images.close();
    await Promise.all([this.#encoder.kill(), ...[...this.#guests.values()].map((guest) => guest.close())]);
  }

  async #tick(seconds: number): Promise<void> {
    const nowMs = seconds * 1000;
    const moment = this.#timeline.at(seconds);
    this.#director.arrangement = moment.arrangement;
    await Promise.all([...this.#guests.values()].map((guest) => guest.advance(nowMs)));
    const scene = this.#director.scene(nowMs, this.#standings(moment, nowMs), moment.speaker);
    await this.#draw(scene);
    await this.#encoder.write(this.#mixer.picture(scene), this.#mixer.sound(scene));
  }

  #standings({ presence }: ShowMoment, nowMs: number): StageStanding[] {
    if (presence === undefined) return [...this.#guests].map(([name, guest]) => standingBy(name, guest, nowMs));
    return presence.map(({ guest, hasPicture, isStalled }) => ({
      name: guest,
      isGone: false,
      silentMs: 0,
      hasPicture: hasPicture && this.#guests.get(guest)?.shown !== undefined,
      pictureAgeMs: isStalled ? STALLED_AGE_MS : 0,
    }));
  }

  /** Waits for images: a show has them when they are needed. */
  async #draw(scene: Scene): Promise<void> {
    const isAwaited = scene.layers.some(
      (layer) => layer.source.type === 'image' && this.#art.picture(layer) === undefined,
    );
    if (isAwaited) await this.#images.settled();
  }

  #tellProgress(fraction: number): void {
    const now = performance.now();
    if (now - this.#toldMs < PROGRESS_EVERY_MS) return;
    this.#toldMs = now;
    this.#report({ type: 'progress', fraction });
  }
}

function standingBy(name: string, guest: ComposeGuest, nowMs: number): StageStanding {
  const { shown, lastMediaMs } = guest;
  return {
    name,
    isGone: false,
    silentMs: nowMs - lastMediaMs,
    hasPicture: shown !== undefined,
    pictureAgeMs: shown === undefined ? Infinity : nowMs - shown.timeMs,
  };
}

/** Everybody who is ever arranged and of whom there is something. */
function guestsOf(options: ComposeOptions, log: (message: string) => void): Map<string, ComposeGuest> {
  const { ffmpegPath, frameRate, files } = options;
  const tiles = largestTiles(options);
  const guests = new Map<string, ComposeGuest>();
  for (const [guest, tile] of tiles) {
    const own = files.filter((file) => file.guest === guest);
    if (own.length > 0) guests.set(guest, new ComposeGuest(own, { ffmpegPath, frameRate, tile, log }));
  }
  return guests;
}

function largestTiles({
  journal,
  changes,
  canvas,
  files,
}: ComposeOptions): Map<string, { width: number; height: number }> {
  const timeline = new ComposeTimeline(journal, changes);
  const tiles = new Map<string, { width: number; height: number }>();
  const everybody = [...new Set(files.map(({ guest }) => guest))];
  for (const seconds of [-Infinity, ...journal.map((entry) => entry.seconds)]) {
    const { arrangement, presence, speaker } = timeline.at(seconds);
    for (const { guest } of arrangement.guests) if (!tiles.has(guest)) tiles.set(guest, { width: 2, height: 2 });
    const guests = presence ?? everybody.map((guest) => ({ guest, hasPicture: true, isStalled: false }));
    for (const { source, rect } of arrangedScene({ arrangement, guests, speaker, canvas, slateTitle: '' }).layers) {
      const known = source.type === 'guest' ? tiles.get(source.guest) : undefined;
      if (known === undefined) continue;
      known.width = Math.max(known.width, rect.width);
      known.height = Math.max(known.height, rect.height);
    }
  }
  return tiles;
}
