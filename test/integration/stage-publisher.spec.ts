import type { CreatedStreamKey } from '@weir/contract';
import { Clip, ClipPublisher } from '@weir/demo';
import { opusCodec, play } from '@weir/peer';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Person } from '../harness/person.js';
import { StageParty } from '../harness/stage-party.js';
import { until } from '../harness/until.js';
import { startServer, type WeirServer } from '../harness/weir-server.js';

let server: WeirServer;
let party: StageParty;
let publisher: ClipPublisher;

beforeAll(async () => {
  server = await startServer();
  party = await StageParty.open(server, await Person.first(server, 'Hanna'), 'show', { record: false });
  const { key } = await party.host.ask<CreatedStreamKey>('POST', '/api/channels/show/keys', {});
  publisher = await ClipPublisher.start({ url: `${server.url}/whip/show`, key, clip: await Clip.demo() });
});

afterAll(async () => {
  await publisher.stop();
  await server.stop();
});

/** Counts the packets of a viewer. */
class Ear {
  #audio = 0;
  #video = 0;

  readonly rtp = (packet: Buffer): void => {
    if ((packet.readUInt8(1) & 0x7f) === opusCodec.payloadType) this.#audio += 1;
    else this.#video += 1;
  };

  /** Resolves when sound comes from now on. */
  async hears(): Promise<void> {
    this.#audio = 0;
    await until(() => this.#audio > 5, { what: 'sound' });
  }

  /** Resolves when no sound comes any more, though the picture does. */
  async hearsNothing(): Promise<void> {
    await until(() => this.#isSilent(), { what: 'silence' });
  }

  async #isSilent(): Promise<boolean> {
    [this.#audio, this.#video] = [0, 0];
    await until(() => this.#audio > 0 || this.#video > 100, { what: 'the picture' });
    return this.#audio === 0;
  }
}

const self = async () => (await party.stage()).guests.find(({ id }) => id === 'publisher');

it('tells how well the publisher of a channel comes in, as of any guest', async () => {
  // A second in which the machine stood still is told as it was: there are others.
  const measured = async () => {
    const quality = (await self())?.quality;
    if (!quality || quality.videoBps <= 10_000 || quality.audioBps <= 1000) return undefined;
    return quality.lossPercent === 0 && quality.framesPerSecond > 10 ? quality : undefined;
  };
  const told = await until(measured, { what: 'the quality', timeoutMs: 60_000 });
  expect(told).toMatchObject({ width: expect.any(Number) });
});

it('keeps a muted publisher from everybody on the stage and from no viewer, on air and backstage', async () => {
  const guest = await party.join('Greta');
  const [onStage, watching, late] = [new Ear(), new Ear(), new Ear()];
  const first = await party.watch(guest.token, 'publisher', onStage.rtp);
  const viewer = await play(`${server.url}/whep/show`, { events: { rtp: watching.rtp } });
  await Promise.all([onStage.hears(), watching.hears()]);
  await party.direct('PATCH', 'guests/publisher', { muted: true });
  expect(await self()).toMatchObject({ state: 'backstage', muted: true, mutedByDirector: true });
  await onStage.hearsNothing();
  // who comes meanwhile hears nothing either
  const second = await party.watch(guest.token, 'publisher', late.rtp);
  await Promise.all([late.hearsNothing(), watching.hears()]);
  await party.direct('PUT', 'scene', { guests: [{ guest: 'publisher' }] });
  await Promise.all([onStage.hears(), late.hears()]);
  await party.direct('PATCH', 'guests/publisher', { muted: true });
  await onStage.hearsNothing();
  await watching.hears();
  await party.direct('POST', 'undo');
  await onStage.hears();
  await Promise.all([first.stop(), second.stop(), viewer.stop()]);
});
