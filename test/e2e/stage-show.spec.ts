import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { JoinedStage, Recording } from '@weir/contract';
import type { Size } from '@weir/stage';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { playlistFaults } from '../../libs/hls/src/playlist-faults.fixture.js';
import { artifactPath, keepFigures } from '../harness/artifact.js';
import { startChromium } from '../harness/chromium.js';
import { HlsListener } from '../harness/hls-listener.js';
import { Person } from '../harness/person.js';
import { decodeFaults } from '../harness/program-media.js';
import { SHOW_CAST, SHOW_IMAGES, SHOW_NAMES, type ShowName } from '../harness/show-cast.js';
import { ShowGuest } from '../harness/show-guest.js';
import { ShowHost } from '../harness/show-host.js';
import { ShowMonitor } from '../harness/show-monitor.js';
import { nameOfColour, pictureFaults, type RgbPicture } from '../harness/show-picture.js';
import { ShowRecording } from '../harness/show-recording.js';
import {
  arrangementWith,
  sceneOf,
  SHOW_PICTURES,
  SHOW_SCRIPT,
  type ShowAct,
  type ShowStep,
  tonesOf,
} from '../harness/show-script.js';
import { soundFaults } from '../harness/show-sound.js';
import { UdpProxy } from '../harness/udp-proxy.js';
import { until } from '../harness/until.js';
import { startServer, type WeirServer } from '../harness/weir-server.js';

const CHANNEL = 'show';
/** How long every scene lasts at least, in the time of the program. */
const SCENE_MS = 2000;
/** What is not to be seen or heard yet then is looked for this much later. */
const LATER_MS = 500;
/** What is probed is this long before the end of a scene; the sound until then is probed for half a second. */
const PROBE_MS = 300;
const SOUND_MS = 500;
const LOSSY = { lossRate: 0.05, reorderRate: 0.01, duplicateRate: 0.01, delayMs: 10 };
const LIVE_TRACK = '360p';
const FOLLOWED_AGAIN_MS = 500;

let folder: string;
let server: WeirServer;
let browser: Browser;
let proxy: UdpProxy;
let host: ShowHost;
let canvas: Size;
let title: string;
const guests = {} as Record<ShowName, ShowGuest>;
const ids = {} as Record<ShowName, string>;
const listeners = new Map<string, HlsListener>();
const followed: Promise<void>[] = [];
let monitor: ShowMonitor;
const over = new AbortController();
/** When each scene was over, Unix milliseconds. */
const ends: number[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'weir-show-'));
  [server, browser] = await Promise.all([startServer({ WEIR_LADDER: '360p:900k' }), startChromium()]);
  const [toServer, toPeer] = [
    { ...LOSSY, seed: 5 },
    { ...LOSSY, seed: 6 },
  ];
  proxy = await UdpProxy.open({ serverPort: server.rtcPort, toServer, toPeer });
  const person = await Person.first(server);
  await person.createChannel(CHANNEL, { title: 'A show' });
  host = new ShowHost(person, CHANNEL);
  for (const [name, picture] of Object.entries(SHOW_IMAGES)) await host.upload(name, picture);
  for (const name of SHOW_NAMES) {
    const looks = SHOW_CAST[name];
    const joined = name === 'anna' ? await host.join(looks.name) : await joinedBy(await host.invite(), looks.name);
    const way = name === 'dirk' ? proxy : undefined;
    guests[name] = await ShowGuest.open(browser, server.url, looks, joined, way);
    ids[name] = joined.guest;
  }
});

afterAll(async () => {
  over.abort();
  await browser?.close();
  await proxy?.close();
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function joinedBy(code: string, name: string): Promise<JoinedStage> {
  const response = await fetch(`${server.url}/api/stage/join`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code, name }),
  });
  if (!response.ok) throw new Error(`${name} was refused with ${response.status}: ${await response.text()}`);
  return (await response.json()) as JoinedStage;
}

function isConnected(name: ShowName): Promise<unknown> {
  const isIn = ({ id, connected }: { id: string; connected: boolean }) => id === ids[name] && connected;
  return host.staged(`${name} on the stage`, (stage) => stage.guests.some(isIn));
}

/** Waits until one sees and hears another. */
async function meets(one: ShowName, other: ShowName): Promise<void> {
  await guests[one].watch(ids[other]);
  const colours = Object.fromEntries(SHOW_NAMES.map((name) => [name, SHOW_CAST[name].colour]));
  const isThere = async (): Promise<boolean> => {
    const { colour } = await guests[one].look(ids[other]);
    const isSeen = colour !== null && nameOfColour(colour, colours) === other;
    return isSeen && guests[one].hears(ids[other], SHOW_CAST[other]);
  };
  await until(isThere, { what: `${other} before ${one}` });
}

const ACTS: Readonly<Record<ShowAct, () => Promise<unknown>>> = {
  'dirk joins': async () => {
    await guests.dirk.publish();
    await isConnected('dirk');
  },
  'dirk leaves': () => guests.dirk.end('camera'),
  'bert unmutes himself': async () => {
    expect(await guests.bert.me('PATCH', { muted: false })).toBe(200);
    await hearing('cleo', 'bert', true);
  },
  'anna shares a screen': async () => {
    await guests.anna.shareScreen();
    await host.staged('the screen', (stage) => stage.guests.some(({ sharesScreen }) => sharesScreen));
  },
  'the host reloads': async () => {
    const { since } = await host.stage();
    await guests.anna.reload();
    await guests.anna.publish();
    expect(await host.stage()).toMatchObject({ live: true, held: true, since });
  },
  'bert is removed': () => host.remove(ids.bert),
};

/** Follows a track until the show is over, also through a time in which nothing can be told. */
async function follow(listener: HlsListener): Promise<void> {
  while (!over.signal.aborted) await listener.follow(Number.POSITIVE_INFINITY).catch(() => pause(FOLLOWED_AGAIN_MS));
}

/** What differs between a scene and what is seen and heard. */
function faultsOf(step: ShowStep, picture: RgbPicture, sound: Float32Array): string[] {
  const scene = sceneOf(step, canvas, title);
  return [...pictureFaults(picture, { scene, pictures: SHOW_PICTURES }), ...soundFaults(sound, tonesOf(step))];
}

/** Waits until one guest hears another again, or no more. */
function hearing(one: ShowName, other: ShowName, wanted: boolean): Promise<unknown> {
  const isSo = async (): Promise<boolean> => (await guests[one].hears(ids[other], SHOW_CAST[other])) === wanted;
  return until(isSo, { what: `${one}, who ${wanted ? 'hears' : 'does not hear'} ${other}` });
}

/** What differs between a scene and what the live program has at a time, Unix milliseconds, and before it. */
async function liveFaults(step: ShowStep, timeMs: number): Promise<string[]> {
  return faultsOf(step, await monitor.picture(timeMs), await monitor.sound(timeMs - SOUND_MS, SOUND_MS));
}

async function play(step: ShowStep): Promise<void> {
  if (step.act !== undefined) await ACTS[step.act]();
  await host.arrange(arrangementWith(ids, step));
  const isBertSilent = step.arrangement.guests.some(({ guest, muted }) => guest === 'bert' && muted);
  if (isBertSilent || step.silent?.includes('bert')) await hearing('cleo', 'bert', false);
  // Guests and program may stand still with the machine: a scene lasts until the program has it.
  let endMs = Date.now() + SCENE_MS;
  let faults: string[] = [];
  const isTold = async (): Promise<boolean> => {
    if (monitor.toldUntilMs < endMs) return false;
    // What a playlist of a while ago names may be gone.
    faults = await liveFaults(step, endMs - PROBE_MS).catch(({ message }: Error) => [message]);
    if (faults.length > 0) endMs = monitor.toldUntilMs + LATER_MS;
    return faults.length === 0;
  };
  await until(isTold, { what: `the program of "${step.what}"`, timeoutMs: 60_000 }).catch((error: Error) => {
    throw new Error(`${error.message} ${faults.join('; ')}`);
  });
  ends.push(endMs);
}

/** Segments that do not go on where those before them ended. */
function breaksIn({ segments }: HlsListener): string[] {
  return segments.flatMap(({ msn, run, isGap, date }, index) => {
    const before = segments[index - 1];
    const gapMs = before === undefined ? 0 : Date.parse(date!) - Date.parse(before.date!) - 1000 * before.seconds!;
    const isRight = run === 0 && !isGap && Math.abs(gapMs) < 2;
    return isRight ? [] : [`segment ${msn} of run ${run}, ${Math.round(gapMs)} ms after the one before`];
  });
}

it('lets guests see and hear each other before the show, but nobody himself', async () => {
  for (const name of ['anna', 'bert', 'cleo'] as const) await guests[name].publish();
  for (const name of ['anna', 'bert', 'cleo'] as const) await isConnected(name);
  await meets('anna', 'bert');
  await meets('bert', 'anna');
  await meets('cleo', 'bert');
  await expect(guests.bert.watch(ids.bert)).rejects.toThrow('answered 403');
});

it('plays a show of more than twenty scenes', async () => {
  await host.arrange(arrangementWith(ids, SHOW_SCRIPT[0]!));
  const stage = await host.goLive();
  expect(stage).toMatchObject({ live: true, held: true });
  ({ canvas, title } = stage);
  for (const [track, url] of await host.mediaPlaylists()) {
    const listener = new HlsListener(url);
    listeners.set(track, listener);
    followed.push(follow(listener));
  }
  monitor = new ShowMonitor(listeners.get(LIVE_TRACK)!, listeners.get('audio')!, canvas);
  for (const step of SHOW_SCRIPT) await play(step);
}, 600_000);

it('has no gap and no discontinuity in HLS during the show', async () => {
  for (const [track, listener] of listeners) {
    const faults = listener.versions.flatMap(({ playlist }) => playlistFaults(playlist));
    expect([track, faults]).toEqual([track, []]);
    expect([track, breaksIn(listener)]).toEqual([track, []]);
    expect([track, await decodeFaults(await listener.wholeTrack())]).toEqual([track, '']);
  }
});

it('has let go of the guest who was removed', async () => {
  const { bert, anna, cleo } = guests;
  const isOver = async (): Promise<boolean> => {
    const looks = await Promise.all([bert.look('camera'), bert.look(ids.anna), cleo.look(ids.bert)]);
    return looks.every(({ state }) => state !== 'connected' && state !== 'connecting');
  };
  await until(isOver, { what: 'the end of his sessions', timeoutMs: 90_000 });
  expect(await bert.me('GET')).toBe(401);
  await expect(bert.watch(ids.anna)).rejects.toThrow(/answered 40[13]/);
  await expect(bert.publish()).rejects.toThrow(/answered 40[13]/);
  await expect(anna.watch(ids.bert)).rejects.toThrow(/answered 40[349]/);
  const { guests: left, arrangement } = await host.stage();
  expect(left.map(({ id }) => id)).not.toContain(ids.bert);
  expect(arrangement.guests.map(({ guest }) => guest)).not.toContain(ids.bert);
});

it('has recorded every guest in his rectangle and every tone at its time', async () => {
  await host.endShow();
  over.abort();
  await Promise.all(followed);
  const recording: Recording = await host.recording();
  const { bytes, startMs } = await host.download(recording);
  const path = join(folder, 'show.mp4');
  await writeFile(path, bytes);
  const size = { width: recording.width!, height: recording.height! };
  const film = new ShowRecording(path, size, startMs);
  expect(await film.decodeFaults()).toBe('');
  const probedMs = ends.map((endMs) => endMs - PROBE_MS);
  await film.keepSheet(probedMs, artifactPath('stage-show.png'));
  const pictures = await film.pictures(probedMs);
  const faults: Record<string, string[]> = {};
  for (const [index, step] of SHOW_SCRIPT.entries()) {
    const sound = await film.sound(ends[index]! - PROBE_MS - SOUND_MS, SOUND_MS);
    const found = faultsOf(step, pictures[index]!, sound);
    if (found.length > 0) faults[step.what] = found;
  }
  keepFigures('stage-show', { scenes: SHOW_SCRIPT.length, seconds: recording.durationSeconds, faults });
  expect(faults).toEqual({});
}, 300_000);
