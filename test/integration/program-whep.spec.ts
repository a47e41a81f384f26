import type { Channel, CreatedStreamKey, ProgramList, UpdateChannel } from '@weir/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepFigures } from '../harness/artifact.js';
import { flashClip, highClip } from '../harness/clips.js';
import { ObsTwin } from '../harness/obs-twin.js';
import { Person } from '../harness/person.js';
import { syncOffsetsMs, usualOffsetMs } from '../harness/program-media.js';
import { ProgramViewer } from '../harness/program-viewer.js';
import { StageParty } from '../harness/stage-party.js';
import { until } from '../harness/until.js';
import { startServer, type WeirServer } from '../harness/weir-server.js';

let server: WeirServer;
let publisher: ObsTwin;
let viewer: ProgramViewer;

beforeAll(async () => {
  server = await startServer({
    WEIR_RTC_WORKERS: '2',
    WEIR_RTC_PORT: '0',
    WEIR_RECONNECT_GRACE_MS: '0',
    WEIR_LADDER: '360p:600k',
  });
  const key = await server.createChannel('live');
  await change({ whep: 'program', record: false });
  publisher = await ObsTwin.publish({ url: `${server.url}/whip/live`, key, clip: await flashClip() });
});

afterAll(() => server?.stop());

const SETTLED_AFTER_SECONDS = 1.8;
const ENOUGH_FLASHES = 4;
const watch = () => ProgramViewer.open(`${server.url}/whep/live`);

async function read<Answer>(path: string): Promise<Answer> {
  const headers = { authorization: `Bearer ${server.adminToken}` };
  return (await (await fetch(server.url + path, { headers })).json()) as Answer;
}

const change = (part: UpdateChannel) => server.changeChannel('live', part);
const needs = async () => (await read<ProgramList>('/api/programs'))[0]?.needs;
const needed = (viewers: number) => {
  const wanted = Array.from({ length: viewers }, () => 'whep').join();
  return until(async () => (await needs())?.join() === wanted, { what: `${viewers} who need it` });
};

/** From each packet of sound to the next one by its number, ticks. */
function soundSteps({ session, inbox }: ProgramViewer): number[] {
  const section = session.answer.sections.find(({ kind }) => kind === 'audio');
  const packets = inbox.of(section?.ssrcs[0] ?? 0).filter(({ payload }) => payload.length > 0);
  return packets.slice(1).flatMap((packet, index) => {
    const before = packets[index]!;
    const isNext = ((packet.sequenceNumber - before.sequenceNumber) & 0xffff) === 1;
    return isNext ? [(packet.timestamp - before.timestamp) >>> 0] : [];
  });
}

/** The scenarios follow each other. */
describe('a channel whose viewers get the program', () => {
  it('shows the picture and the sound of its publisher, at the same time', async () => {
    viewer = await watch();
    await viewer.clocked();
    let offsetsMs: number[] = [];
    for (let seconds = 6; offsetsMs.length < ENOUGH_FLASHES && seconds < 40; seconds += 2) {
      await viewer.seen('video', 30 * seconds);
      const [flashes, beeps] = [await viewer.flashSeconds(), await viewer.beepSeconds()];
      // A new publisher is placed by what arrives until its reports tell better.
      const settled = flashes.filter((flash) => flash > beeps[0]! + SETTLED_AFTER_SECONDS);
      offsetsMs = syncOffsetsMs(settled, beeps);
    }
    keepFigures('program-whep-sync', { soundAfterPictureMs: offsetsMs.map(Math.round) });
    expect(offsetsMs.length).toBeGreaterThanOrEqual(ENOUGH_FLASHES);
    expect(usualOffsetMs(offsetsMs)).toBeLessThan(45);
    // One that stood still for a second was ended, and what did not find room on its way to here is no fault.
    const encoders = server.output.split('encoder of real-time sound started').length - 1;
    expect(soundSteps(viewer).filter((step) => step !== 960).length).toBeLessThan(encoders);
  });

  it('counts them, starts those who come later with a key frame, and has the program made for them alone', async () => {
    const other = await watch();
    await other.seen('video', 30);
    expect(other.framesOf('video')[0]).toMatchObject({ isKey: true, width: 640, height: 360 });
    await needed(2);
    expect((await read<Channel>('/api/channels/live')).viewers).toBe(2);
    await other.session.stop();
    await needed(1);
  });

  it('sends them to its publisher when it is set so, and back', async () => {
    await change({ whep: 'source' });
    expect(await viewer.session.peer.closed).toBe('remote');
    await needed(0);
    viewer = await watch();
    await viewer.seen('video', 10);
    expect(await needs()).toEqual([]);
    await change({ whep: 'program' });
    expect(await viewer.session.peer.closed).toBe('remote');
    viewer = await watch();
    await viewer.seen('video', 10);
    await needed(1);
  });

  it('lets go of those who may watch it no more, and of all when its stream is over', async () => {
    await change({ visibility: 'private' });
    expect(await viewer.session.peer.closed).toBe('remote');
    await expect(watch()).rejects.toThrow('404');
    await change({ visibility: 'public' });
    viewer = await watch();
    await viewer.seen('video', 10);
    await publisher.stop();
    expect(await viewer.session.peer.closed).toBe('remote');
    await expect(watch()).rejects.toThrow('409');
  });
});

describe('a show that was begun on the stage', () => {
  it('is watched as the program while nobody publishes beside it, and until it ends', async () => {
    const party = await StageParty.open(server, await Person.first(server), 'show', { record: false });
    const show = () => ProgramViewer.open(`${server.url}/whep/show`);
    await expect(show()).rejects.toThrow('409');
    const guest = await party.join('Gabi');
    const camera = await party.publish(guest.token);
    await party.direct('PATCH', `guests/${guest.guest}`, { state: 'on-air' });
    await party.direct('POST', 'live');
    const first = await show();
    await first.seen('video', 30);
    await first.seen('audio', 30);
    expect(first.framesOf('video')[0]).toMatchObject({ isKey: true, width: 640, height: 360 });
    const { key } = await party.host.ask<CreatedStreamKey>('POST', '/api/channels/show/keys', { label: '' });
    const beside = await ObsTwin.publish({ url: `${server.url}/whip/show`, key, clip: await highClip() });
    expect(await first.session.peer.closed).toBe('remote');
    const second = await show();
    await second.seen('video', 10);
    expect(second.framesOf('video')[0]).toMatchObject({ width: 1280, height: 720 });
    await beside.stop();
    expect(await second.session.peer.closed).toBe('remote');
    const third = await show();
    await third.seen('video', 10);
    await party.direct('DELETE', 'live');
    expect(await third.session.peer.closed).toBe('remote');
    await camera.stop();
  });
});
