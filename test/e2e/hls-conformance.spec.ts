import { createRequire } from 'node:module';
import * as hlsParser from 'hls-parser';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { playlistFaults } from '../../libs/hls/src/playlist-faults.fixture.js';
import { keepFigures } from '../harness/artifact.js';
import { HlsListener, keyFrameTimes } from '../harness/hls-listener.js';
import { decodeFaults } from '../harness/program-media.js';
import { until } from '../harness/until.js';
import { startServer, type WeirServer } from '../harness/weir-server.js';

interface M3u8Parser {
  push(text: string): void;
  end(): void;
  on(event: 'warn' | 'info', listener: (fault: { readonly message: string }) => void): void;
}

// it has no types
const m3u8 = createRequire(import.meta.url)('m3u8-parser') as { readonly Parser: new () => M3u8Parser };

/** Two minutes. */
const SEGMENTS = 60;
/** Small rungs: a machine with other work to do would have to give up large ones. */
const LADDER = '360p:500k,240p:250k,144p:120k';
const TRACKS = ['360p', '240p', '144p', 'audio'];

let server: WeirServer;
const listeners = new Map<string, HlsListener>();

beforeAll(async () => {
  hlsParser.setOptions({ strictMode: true });
  server = await startServer({ WEIR_DEMO: 'on', WEIR_LADDER: LADDER });
  const answer = async (): Promise<string | undefined> => {
    const response = await fetch(`${server.url}/hls/demo/index.m3u8`);
    return response.status === 200 ? response.text() : undefined;
  };
  const multivariant = await until(answer, { what: 'the multivariant playlist', timeoutMs: 60_000 });
  expect(parserFaults(multivariant)).toEqual([]);
  for (const track of TRACKS) {
    const path = new RegExp(`[0-9a-z]+/${track}/index\\.m3u8`).exec(multivariant)?.[0];
    listeners.set(track, new HlsListener(`${server.url}/hls/demo/${path}`));
  }
});

afterAll(() => server?.stop());

/** What two parsers have against a text; the first one throws. */
function parserFaults(text: string): string[] {
  hlsParser.parse(text);
  const parser = new m3u8.Parser();
  const faults: string[] = [];
  parser.on('warn', ({ message }) => faults.push(message));
  parser.on('info', ({ message }) => faults.push(message));
  parser.push(text);
  parser.end();
  return faults;
}

it('has two minutes of playlists that three readers find nothing wrong with', async () => {
  await Promise.all([...listeners.values()].map((listener) => listener.follow(SEGMENTS)));
  const faults = [...listeners].flatMap(([track, { versions }]) =>
    versions.flatMap(({ text, playlist }) =>
      [...playlistFaults(playlist), ...parserFaults(text)].map((fault) => `${track}: ${fault}`),
    ),
  );
  keepFigures('hls-conformance', {
    versions: [...listeners.values()].map(({ versions }) => versions.length),
    runs: listeners.get(TRACKS[0]!)!.segments.at(-1)!.run,
  });
  expect(faults).toEqual([]);
}, 400_000);

it('has the same segments at the same times in every rendition, without a discontinuity', () => {
  const times = TRACKS.map((track) =>
    listeners
      .get(track)!
      .segments.slice(0, SEGMENTS - 2)
      .map(({ msn, run, date }) => [msn, run, Date.parse(date!)] as const),
  );
  const [video] = times;
  for (const other of times.slice(1, 3)) expect(other).toEqual(video);
  for (const [index, [msn, run, dateMs]] of times[3]!.entries()) {
    expect([msn, run]).toEqual([video![index]![0], 0]);
    expect(Math.abs(dateMs - video![index]![2])).toBeLessThan(25);
  }
});

it('has segments that are their parts, byte for byte', async () => {
  for (const listener of listeners.values()) {
    // Parts do not stay for long: of those that are made now.
    await listener.follow(listener.segments.length + 2);
    const last = listener.segments.slice(-3, -1);
    for (const { msn, uri } of last) {
      const parts = await Promise.all(listener.partsOf(msn).map((part) => listener.fetch(part.uri)));
      expect(Buffer.concat(parts).equals(await listener.fetch(uri!))).toBe(true);
    }
  }
});

it('has media that ffmpeg decodes without a complaint, with key frames at equal times', async () => {
  const files = new Map<string, Buffer>();
  for (const [track, listener] of listeners) files.set(track, await listener.wholeTrack());
  for (const [track, file] of files) expect([track, await decodeFaults(file)]).toEqual([track, '']);
  const [first, ...others] = TRACKS.slice(0, 3).map((track) => keyFrameTimes(files.get(track)!).slice(0, SEGMENTS - 2));
  expect(first!.length).toBe(SEGMENTS - 2);
  for (const other of others) expect(other).toEqual(first);
}, 120_000);
