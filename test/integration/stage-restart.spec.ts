import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JoinedStage, Recording, RecordingPage, Stage } from '@weir/contract';
import type { ClipPublisher } from '@weir/demo';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Person } from '../harness/person.js';
import { StageParty } from '../harness/stage-party.js';
import { until } from '../harness/until.js';
import { startServer, type WeirServer } from '../harness/weir-server.js';

let dataDir: string;
let server: WeirServer;
let party: StageParty;
let guest: JoinedStage;
let camera: ClipPublisher;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'weir-stage-restart-'));
  server = await startServer({ WEIR_DATA_DIR: dataDir, WEIR_LADDER: '240p:300k' });
  party = await StageParty.open(server, await Person.first(server, 'Hanna'), 'show');
  guest = await party.join('Greta');
  await party.direct('PATCH', `guests/${guest.guest}`, { state: 'on-air' });
});

afterAll(async () => {
  await server?.stop();
  await rm(dataDir, { recursive: true, force: true });
});

async function restart(end: 'kill' | 'stop'): Promise<void> {
  const env = {
    WEIR_DATA_DIR: dataDir,
    WEIR_LADDER: '240p:300k',
    WEIR_HTTP_PORT: new URL(server.url).port,
    WEIR_ADMIN_TOKEN: server.adminToken,
  };
  await server[end]();
  await server.stop();
  // The session ended with the server.
  await camera.stop().catch(() => undefined);
  server = await startServer(env);
}

/** Greta sends until the server ends; returns the recording that is made of the show in which she is heard. */
async function perform(): Promise<Recording> {
  camera = await party.publish(guest.token);
  await until(async () => (await party.stage()).speaker === guest.guest, { what: 'Greta', timeoutMs: 60_000 });
  const running = async () => (await recordings()).find(({ state, bytes }) => state === 'recording' && bytes > 0);
  return until(running, { what: 'a recording of the show', timeoutMs: 60_000 });
}

async function recordings(): Promise<readonly Recording[]> {
  return (await party.host.ask<RecordingPage>('GET', '/api/recordings')).recordings;
}

it('a show goes on after a crash and after a stop of the server, as another stream with another recording, until it is ended', async () => {
  const seen: Stage[] = [await party.direct('POST', 'live')];
  const made = [await perform()];
  for (const end of ['kill', 'stop'] as const) {
    await restart(end);
    const stage = await party.stage();
    expect(stage).toMatchObject({ live: true, held: true, arrangement: { guests: [{ guest: guest.guest }] } });
    seen.push(stage);
    made.push(await perform());
  }
  expect(new Set(seen.map(({ since }) => since)).size).toBe(3);
  expect(new Set(made.map(({ id }) => id)).size).toBe(3);
  await party.direct('DELETE', 'live');
  await restart('kill');
  expect(await party.stage()).toMatchObject({ live: false, held: false, arrangement: { guests: [] } });
  expect(await recordings()).toHaveLength(3);
}, 300_000);
